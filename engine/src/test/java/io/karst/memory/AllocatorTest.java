package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocatorTest {
  private static final long MIB = 1 << 20;

  private final Random random = new Random(1);
  private final Allocator allocator = Allocator.open(Long.MAX_VALUE);
  private final Magazine magazine = allocator.magazine();

  @AfterEach
  void close() {
    allocator.close();
    assertThat(allocator.totalBytes()).isZero();
  }

  @Test
  void anOpenAllocatorHasTakenNothing() {
    assertThat(allocator.totalBytes()).isZero();
    assertThat(allocator.liveBytes()).isZero();
    assertThat(allocator.slackBytes()).isZero();
  }

  @Test
  void liveIsTheSumOfTheSizesAskedFor() {
    long small = magazine.allocate(17);
    long large = magazine.allocate(300_000);
    assertThat(allocator.liveBytes()).isEqualTo(300_017);
    assertThat(magazine.resize(small, 17, 20)).isTrue();
    assertThat(magazine.resize(large, 300_000, 301_000)).isTrue();
    assertThat(allocator.liveBytes()).isEqualTo(301_020);
    assertThat(allocator.slackBytes())
        .isEqualTo(allocator.totalBytes() - allocator.liveBytes())
        .isPositive();
    magazine.free(small, 20);
    magazine.free(large, 301_000);
    assertThat(allocator.liveBytes()).isZero();
  }

  @Test
  void liveCountsWhatOneMagazineAllocatedAndAnotherFreed() {
    long address = magazine.allocate(100);
    try (Magazine other = allocator.magazine()) {
      other.free(address, 100);
      assertThat(allocator.liveBytes()).isZero();
    }
    assertThat(allocator.liveBytes()).isZero();
    long kept = magazine.allocate(50);
    magazine.close();
    assertThat(allocator.liveBytes()).isEqualTo(50);
    allocator.magazine().free(kept, 50);
    assertThat(allocator.liveBytes()).isZero();
  }

  @Test
  void blocksOfEverySizeAreAlignedAndApart() {
    for (int i = 0; i < SizeClasses.COUNT; i++) {
      int size = SizeClasses.size(i);
      Block first = Block.allocate(magazine, size, random);
      Block second = Block.allocate(magazine, size, random);
      assertThat(first.address() % (size < 64 ? 4 : 8)).isZero();
      assertThat(Math.abs(first.address() - second.address())).isGreaterThanOrEqualTo(size);
      first.free(magazine);
      second.free(magazine);
    }
  }

  @Test
  void aBlockIsResizedInPlaceWithinItsClassOnly() {
    Block block = Block.allocate(magazine, 130, random);
    assertThat(magazine.resize(block.address(), 130, 145)).isFalse();
    assertThat(magazine.resize(block.address(), 130, 128)).isFalse();
    assertThat(magazine.resize(block.address(), 130, 1_000_000)).isFalse();
    assertThat(allocator.liveBytes()).isEqualTo(130);
    assertThat(magazine.resize(block.address(), 130, 144)).isTrue();
    new Block(block.address(), 130, block.content()).checkContent();
    Native.putByte(block.address() + 143, (byte) 1);
    magazine.free(block.address(), 144);
  }

  @Test
  void theLimitIsNeverPassed() {
    allocator.limit(8 * MIB);
    List<Block> blocks = fillUp(100);
    assertThat(allocator.totalBytes()).isEqualTo(8 * MIB);
    assertThat(allocator.liveBytes()).isEqualTo(blocks.size() * 100L).isGreaterThan(7 * MIB);
    assertThatThrownBy(() -> magazine.allocate(5000)).isInstanceOf(Fault.OutOfMemory.class);
    assertThatThrownBy(() -> magazine.allocate(MIB)).isInstanceOf(Fault.OutOfMemory.class);
    assertThat(allocator.liveBytes()).isEqualTo(blocks.size() * 100L);
    blocks.forEach(block -> block.free(magazine));
    magazine.flush();
    magazine.free(magazine.allocate(8 * MIB), 8 * MIB);
    assertThat(fillUp(5000)).hasSizeGreaterThan(1500);
  }

  @Test
  void aLowerLimitStopsGrowthUntilEnoughWentBack() {
    Block large = Block.allocate(magazine, 4 * MIB, random);
    Block small = Block.allocate(magazine, 10, random);
    allocator.limit(MIB);
    assertThat(allocator.limitBytes()).isEqualTo(MIB);
    assertThatThrownBy(() -> magazine.allocate(10_000)).isInstanceOf(Fault.OutOfMemory.class);
    large.free(magazine);
    Block.allocate(magazine, 10_000, random).free(magazine);
    small.free(magazine);
  }

  @Test
  void emptySlabsGoBackToTheOperatingSystem() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      blocks.add(Block.allocate(magazine, 100, random));
    }
    assertThat(allocator.totalBytes()).isBetween(20 * MIB - MIB, 22 * MIB);
    blocks.forEach(block -> block.free(magazine));
    magazine.flush();
    assertThat(allocator.totalBytes()).isLessThanOrEqualTo(MIB);
    allocator.limit(0);
    assertThat(allocator.totalBytes()).isZero();
  }

  private List<Block> fillUp(int size) {
    List<Block> blocks = new ArrayList<>();
    try {
      while (true) {
        blocks.add(Block.allocate(magazine, size, random));
      }
    } catch (Fault.OutOfMemory full) {
      assertThat(full.line()).startsWith("OOM ");
      return blocks;
    }
  }
}
