package io.karst.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsDiskTest extends DiskContract {
  @TempDir private Path directory;

  @Override
  Disk disk() throws IOException {
    return Disk.at(directory.resolve("deep/er"));
  }

  @Test
  void saysWhereItIs() throws IOException {
    assertThat(disk().path()).isEqualTo(directory.resolve("deep/er"));
    assertThat(disk().directory("inner").path()).isEqualTo(directory.resolve("deep/er/inner"));
  }

  @Test
  void whatIsOpenToReadIsNotWritten() throws IOException {
    Disk disk = disk();
    disk.create("one").close();
    try (DiskFile file = disk.openToRead("one")) {
      assertThatThrownBy(() -> file.write(0, ByteBuffer.allocate(1)))
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void aFileInTheWayIsAnError() throws IOException {
    disk().create("one").close();
    assertThatThrownBy(() -> Disk.at(directory.resolve("deep/er/one")))
        .isInstanceOf(IOException.class);
  }
}
