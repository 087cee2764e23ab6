package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.Disk;
import io.karst.base.DiskFile;
import io.karst.base.Invariant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedRegionTest {
  @TempDir private Path directory;

  @Test
  void whatIsStoredIsInTheFile() throws IOException {
    try (DiskFile file = Disk.at(directory).create("file")) {
      file.write(0, ByteBuffer.allocate(8192));
      MappedRegion region = MappedRegion.map(file, 8192);
      region.putByte(0, (byte) 1);
      region.putInt(4, 0x0a0b0c0d);
      region.putLong(8, 0x0102030405060708L);
      region.put(16, Bytes.utf8("a string"), 2, 6);
      region.force();
      region.close();
      ByteBuffer found = ByteBuffer.allocate(24);
      file.read(0, found);
      assertThat(found.array())
          .containsExactly(
              1, 0, 0, 0, 0xd, 0xc, 0xb, 0xa, 8, 7, 6, 5, 4, 3, 2, 1, 's', 't', 'r', 'i', 'n', 'g',
              0, 0);
    }
  }

  @Test
  void readsWhatWasStored() {
    try (MappedRegion region = MappedRegion.allocate(100)) {
      assertThat(region.size()).isEqualTo(OsMemory.PAGE_SIZE);
      assertThat(region.getLong(50)).isZero();
      region.putLong(50, -2);
      assertThat(region.getLong(50)).isEqualTo(-2);
      assertThat(region.getInt(52)).isEqualTo(-1);
      assertThat(region.getByte(50)).isEqualTo((byte) -2);
      region.put(60, Bytes.utf8("moved"), 0, 5);
      region.move(60, 62, 5);
      assertThat(region.bytes(62, 5)).isEqualTo(Bytes.utf8("moved"));
      assertThat(region.buffer(62, 5).get(4)).isEqualTo((byte) 'd');
    }
  }

  @Test
  void refusesWhatIsOutside() {
    try (MappedRegion region = MappedRegion.allocate(4096)) {
      assertThatThrownBy(() -> region.getLong(4089)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> region.putByte(-1, (byte) 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> region.put(4090, Bytes.utf8("too long"), 0, 8))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> region.bytes(4000, 97))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void verificationNoticesUseAfterTheEnd() {
    MappedRegion region = MappedRegion.allocate(4096);
    Bytes view = region.bytes(0, 10);
    region.close();
    assertThatThrownBy(() -> region.getByte(0)).isInstanceOf(Invariant.Violation.class);
    assertThatThrownBy(() -> view.at(0)).isInstanceOf(Invariant.Violation.class);
  }
}
