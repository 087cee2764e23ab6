package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvacuationTest {
  private static final int COUNT = 100_000;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Allocator allocator = Allocator.open(Long.MAX_VALUE);
  private final Magazine magazine = allocator.magazine();
  private final List<Block> survivors = new ArrayList<>();

  @BeforeEach
  void freeNineTenthsAtRandom() {
    System.out.println("-Dseed=" + seed);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      blocks.add(Block.allocate(magazine, 80 + random.nextInt(3) * 30, random));
    }
    for (Block block : blocks) {
      if (random.nextInt(10) == 0) {
        survivors.add(block);
      } else {
        block.free(magazine);
      }
    }
  }

  @AfterEach
  void close() {
    survivors.forEach(block -> block.free(magazine));
    assertThat(allocator.liveBytes()).isZero();
    allocator.close();
  }

  @Test
  void movingTheSurvivorsGivesTheMemoryBack() {
    long before = allocator.totalBytes();
    assertThat(allocator.markSparse(0.5, Long.MAX_VALUE)).isGreaterThan(100);
    moveSparse();
    allocator.clearSparse();
    assertThat(allocator.totalBytes()).as("before: %d", before).isLessThan(before / 4);
    survivors.forEach(Block::checkContent);
  }

  @Test
  void noBlockOfASparseSlabIsHandedOut() {
    allocator.markSparse(0.5, Long.MAX_VALUE);
    List<Block> fresh = new ArrayList<>();
    for (int i = 0; i < COUNT / 10; i++) {
      fresh.add(Block.allocate(magazine, 80 + random.nextInt(3) * 30, random));
      assertThat(sparse(fresh.getLast())).isFalse();
      if (random.nextBoolean()) {
        take(survivors).free(magazine);
      }
    }
    fresh.forEach(block -> block.free(magazine));
  }

  @Test
  void clearedSlabsAreOrdinaryAgain() {
    allocator.markSparse(0.5, Long.MAX_VALUE);
    allocator.clearSparse();
    assertThat(survivors).noneMatch(this::sparse);
    long before = allocator.totalBytes();
    for (int i = 0; i < COUNT / 2; i++) {
      survivors.add(Block.allocate(magazine, 80 + random.nextInt(3) * 30, random));
    }
    assertThat(allocator.totalBytes()).isEqualTo(before);
  }

  @Test
  void whatWouldFreeNoSlabIsNotMarked() {
    assertThat(allocator.markSparse(0, Long.MAX_VALUE)).isZero();
    assertThat(allocator.markSparse(0.5, Long.MAX_VALUE)).isPositive();
    moveSparse();
    allocator.clearSparse();
    magazine.flush();
    allocator.markSparse(1, Long.MAX_VALUE); // What the magazine held may have filled a slab.
    moveSparse();
    allocator.clearSparse();
    magazine.flush();
    assertThat(allocator.markSparse(1, Long.MAX_VALUE)).isZero();
    assertThat(survivors).noneMatch(this::sparse);
  }

  @Test
  void noMoreIsMarkedThanIsAskedFor() {
    long before = allocator.totalBytes();
    assertThat(allocator.markSparse(1, 1 << 20)).isBetween(16, 24);
    moveSparse();
    allocator.clearSparse();
    magazine.flush();
    assertThat(before - allocator.totalBytes()).isBetween(0L, 2L << 20);
  }

  @Test
  void theEmptiestAreMarkedFirst() {
    List<Block> kept = new ArrayList<>();
    for (int i = 0; i < survivors.size(); i++) {
      if (i > survivors.size() / 2 || i % 10 == 0) {
        kept.add(survivors.get(i));
      } else {
        survivors.get(i).free(magazine); // The older half of the slabs is the emptier one now.
      }
    }
    survivors.clear();
    survivors.addAll(kept);
    magazine.flush();
    allocator.markSparse(1, 2 << 20);
    assertThat(survivors).filteredOn(this::sparse).hasSizeBetween(50, 400);
  }

  @Test
  void whatIsHandedOutIsCounted() {
    magazine.flush();
    long used = allocator.usedBytes();
    assertThat(used).isBetween(allocator.liveBytes(), allocator.liveBytes() * 5 / 4);
    Block huge = Block.allocate(magazine, 1 << 20, random);
    assertThat(allocator.usedBytes()).isEqualTo(used + (1 << 20));
    huge.free(magazine);
    survivors.forEach(block -> block.free(magazine));
    survivors.clear();
    magazine.flush();
    assertThat(allocator.usedBytes()).isZero();
  }

  @Test
  void hugeBlocksAreNeverSparse() {
    allocator.markSparse(0.5, Long.MAX_VALUE);
    Block huge = Block.allocate(magazine, 1 << 20, random);
    assertThat(sparse(huge)).isFalse();
    survivors.add(huge);
  }

  private void moveSparse() {
    for (int i = 0; i < survivors.size(); i++) {
      Block block = survivors.get(i);
      if (sparse(block)) {
        long address = magazine.allocate(block.size());
        Native.copy(block.address(), address, block.size());
        block.free(magazine);
        survivors.set(i, new Block(address, block.size(), block.content()));
      }
    }
  }

  private boolean sparse(Block block) {
    return allocator.sparse(block.address());
  }

  private Block take(List<Block> blocks) {
    int index = random.nextInt(blocks.size());
    Block block = blocks.get(index);
    blocks.set(index, blocks.getLast());
    blocks.removeLast();
    return block;
  }
}
