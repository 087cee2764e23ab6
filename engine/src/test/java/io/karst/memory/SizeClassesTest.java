package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeClassesTest {
  @Test
  void blocksWasteAtMostAnEighthOrThreeBytes() {
    for (int size = 1; size <= SizeClasses.LARGEST; size++) {
      int block = SizeClasses.size(SizeClasses.of(size));
      int waste = block - size;
      boolean little = waste >= 0 && (size <= 20 ? waste <= 3 : 8 * waste <= block);
      if (!little) {
        assertThat(waste).as("waste of %d bytes", size).isBetween(0, block / 8);
      }
    }
  }

  @Test
  void classesAreTheSmallestThatFit() {
    int previous = 0;
    for (int size = 1; size <= SizeClasses.LARGEST; size++) {
      int sizeClass = SizeClasses.of(size);
      if (sizeClass != previous) {
        assertThat(sizeClass).as("class of %d bytes", size).isEqualTo(previous + 1);
        assertThat(SizeClasses.size(previous)).isEqualTo(size - 1);
        previous = sizeClass;
      }
    }
    assertThat(previous).isEqualTo(SizeClasses.COUNT - 1);
    assertThat(SizeClasses.size(previous)).isEqualTo(SizeClasses.LARGEST);
  }

  @Test
  void blocksAreAlignedToFourBytesAndFrom64UpToEight() {
    for (int i = 0; i < SizeClasses.COUNT; i++) {
      int size = SizeClasses.size(i);
      assertThat(size % (size < 64 ? 4 : 8)).as("block of %d", size).isZero();
    }
  }

  @Test
  void hugeBlocksReserveAtMostAnEighthMore() {
    for (long size = SizeClasses.LARGEST + 1; size < SizeClasses.HUGEST; size += 1 + size / 100) {
      long reservation = SizeClasses.reservation(size, 4096);
      assertThat(reservation % 4096).isZero();
      assertThat(reservation - size).as("reserved for %d", size).isBetween(0L, size / 8);
      assertThat(SizeClasses.reservation(reservation, 4096)).isEqualTo(reservation);
    }
  }
}
