package io.karst.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What every [Disk] does.
abstract class DiskContract {
  abstract Disk disk() throws IOException;

  @Test
  void filesHoldWhatWasWritten() throws IOException {
    Disk disk = disk();
    try (DiskFile file = disk.create("one")) {
      file.write(3, ascii("abc"));
      assertThat(file.size()).isEqualTo(6);
      ByteBuffer target = ByteBuffer.allocate(10);
      assertThat(file.read(2, target)).isEqualTo(4);
      assertThat(target.flip()).isEqualTo(ascii("\0abc"));
      assertThat(file.read(6, target.clear())).isZero();
      assertThat(file.read(100, target)).isZero();
      file.sync();
    }
    try (DiskFile file = disk.openToRead("one")) {
      ByteBuffer target = ByteBuffer.allocate(2);
      assertThat(file.read(3, target)).isEqualTo(2);
      assertThat(target.flip()).isEqualTo(ascii("ab"));
    }
  }

  @Test
  void readsAndWritesFromPositionToLimit() throws IOException {
    try (DiskFile file = disk().create("one")) {
      ByteBuffer source = ascii("abcdef").position(1).limit(4);
      file.write(0, source);
      assertThat(source.hasRemaining()).isFalse();
      ByteBuffer target = ByteBuffer.allocateDirect(8).position(2).limit(4);
      assertThat(file.read(1, target)).isEqualTo(2);
      assertThat(target.position()).isEqualTo(4);
      assertThat(target.get(2)).isEqualTo((byte) 'c');
    }
  }

  @Test
  void aMappingAndTheFileAreTheSame() throws IOException {
    try (DiskFile file = disk().create("one");
        Arena arena = Arena.ofShared()) {
      file.write(0, ByteBuffer.allocate(8192));
      MemorySegment memory = file.map(8192, arena);
      memory.set(ValueLayout.JAVA_BYTE, 5000, (byte) 7);
      ByteBuffer target = ByteBuffer.allocate(1);
      file.read(5000, target);
      assertThat(target.get(0)).isEqualTo((byte) 7);
      file.write(6000, ByteBuffer.wrap(new byte[] {9}));
      assertThat(memory.get(ValueLayout.JAVA_BYTE, 6000)).isEqualTo((byte) 9);
      file.sync();
    }
  }

  @Test
  void namesAreMadeChangedAndRemoved() throws IOException {
    Disk disk = disk();
    disk.create("b").close();
    disk.create("a").close();
    disk.directory("inner").create("c").close();
    disk.sync();
    assertThat(disk.list()).containsExactly("a", "b");
    assertThat(disk.directory("inner").list()).containsExactly("c");
    disk.rename("a", "d");
    disk.rename("b", "d");
    assertThat(disk.list()).containsExactly("d");
    disk.delete("d");
    assertThat(disk.list()).isEmpty();
  }

  @Test
  void whatIsNotThereIsAnError() throws IOException {
    Disk disk = disk();
    disk.create("there").close();
    assertThatThrownBy(() -> disk.create("there")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk.open("gone")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk.openToRead("gone")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk.delete("gone")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk.rename("gone", "there")).isInstanceOf(IOException.class);
    assertThat(disk.list()).containsExactly("there");
  }

  @Test
  void smallFilesAreReplacedWhole() throws IOException {
    Disk disk = disk();
    assertThat(disk.read("small")).isNull();
    disk.write("small", new byte[] {1, 2, 3});
    disk.write("small", new byte[] {4});
    assertThat(disk.read("small")).containsExactly(4);
    assertThat(disk.list()).containsExactly("small");
  }

  @Test
  void aLockIsHeldOnce() throws IOException {
    Disk disk = disk();
    Disk.DiskLock lock = disk.tryLock("lock");
    assertThat(lock).isNotNull();
    assertThat(disk.tryLock("lock")).isNull();
    lock.close();
    Disk.DiskLock again = disk.tryLock("lock");
    assertThat(again).isNotNull();
    again.close();
  }

  @Test
  void saysHowMuchIsFree() throws IOException {
    assertThat(disk().freeSize()).isPositive();
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
