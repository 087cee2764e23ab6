package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Fault;
import io.karst.base.Invariant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HugeBlocksTest {
  private static final long KIB = 1 << 10;

  private final Allocator allocator = Allocator.open(4L << 30);
  private final Magazine magazine = allocator.magazine();

  @AfterEach
  void close() {
    allocator.close();
  }

  @Test
  void aHugeBlockIsZeroAndCountedByThePage() {
    long size = SizeClasses.LARGEST + 1;
    long address = magazine.allocate(size);
    for (long i = 0; i < size; i++) {
      if (Native.getByte(address + i) != 0) {
        assertThat(Native.getByte(address + i)).as("byte %d", i).isZero();
      }
    }
    assertThat(allocator.totalBytes()).isEqualTo(OsMemory.roundToPage(size));
    magazine.free(address, size);
    assertThat(allocator.totalBytes()).isZero();
  }

  @Test
  void theLargestBlockCostsOnlyWhatIsTouched() {
    long address = magazine.allocate(SizeClasses.HUGEST);
    Native.putByte(address, (byte) 1);
    Native.putByte(address + SizeClasses.HUGEST - 1, (byte) 2);
    assertThat(Native.getByte(address + SizeClasses.HUGEST / 2)).isZero();
    magazine.free(address, SizeClasses.HUGEST);
    assertThatThrownBy(() -> magazine.allocate(SizeClasses.HUGEST + 1))
        .isInstanceOf(Invariant.Violation.class);
  }

  @Test
  void growthMovesOncePerEighth() {
    Random random = new Random(1);
    Block block = Block.allocate(magazine, 200 * KIB, random);
    int moves = 0;
    for (long size = 201 * KIB; size <= 1600 * KIB; size += KIB) {
      Block next = block.resized(magazine, size);
      moves += next.address() == block.address() ? 0 : 1;
      block = next;
      assertThat(allocator.totalBytes()).isEqualTo(OsMemory.roundToPage(size));
      assertThat(allocator.liveBytes()).isEqualTo(size);
    }
    assertThat(moves).isLessThanOrEqualTo(24);
    block.free(magazine);
    assertThat(allocator.totalBytes()).isZero();
  }

  @Test
  void aShrinkInPlaceGivesThePagesBack() {
    Random random = new Random(1);
    long most = 1152 * KIB;
    long least = 1025 * KIB;
    Block block = Block.allocate(magazine, most, random);
    Block shrunk = block.resized(magazine, least);
    assertThat(shrunk.address()).isEqualTo(block.address());
    assertThat(allocator.totalBytes()).isEqualTo(OsMemory.roundToPage(least));
    Block grown = shrunk.resized(magazine, most);
    assertThat(grown.address()).isEqualTo(block.address());
    assertThat(allocator.totalBytes()).isEqualTo(most);
    grown.free(magazine);
    assertThat(allocator.totalBytes()).isZero();
  }

  @Test
  void theLimitHoldsForGrowthInPlaceToo() {
    long size = 1025 * KIB;
    long address = magazine.allocate(size);
    allocator.limit(allocator.totalBytes());
    assertThat(magazine.resize(address, size, size + 8 * KIB)).isFalse();
    assertThatThrownBy(() -> magazine.allocate(size)).isInstanceOf(Fault.OutOfMemory.class);
    assertThat(allocator.liveBytes()).isEqualTo(size);
    assertThat(allocator.totalBytes()).isEqualTo(OsMemory.roundToPage(size));
    allocator.limit(allocator.totalBytes() + 8 * KIB);
    assertThat(magazine.resize(address, size, size + 8 * KIB)).isTrue();
    magazine.free(address, size + 8 * KIB);
  }

  @Test
  void whatTheSystemRefusesChangesNothing() {
    allocator.limit(Long.MAX_VALUE);
    assertThatThrownBy(() -> OsMemory.map(1L << 60)).isInstanceOf(Fault.OutOfMemory.class);
    assertThat(allocator.totalBytes()).isZero();
  }
}
