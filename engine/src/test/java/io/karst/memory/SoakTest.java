package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Random operations beside a model of what every live block holds; [Liveness] looks on.
class SoakTest {
  private static final int OPERATIONS = 200_000;
  private static final int QUEUE_CAPACITY = 1024;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Allocator allocator = Allocator.open(Long.MAX_VALUE);

  @Test
  void oneWorkerFindsItsBlocksAsItLeftThem() {
    System.out.println("-Dseed=" + seed);
    Random random = new Random(seed);
    List<Block> blocks = new ArrayList<>();
    long live = 0;
    try (Magazine magazine = allocator.magazine()) {
      for (int i = 0; i < OPERATIONS; i++) {
        live += step(magazine, blocks, random, growing(i));
        assertThat(allocator.liveBytes()).as("-Dseed=%d", seed).isEqualTo(live);
      }
      blocks.forEach(block -> block.free(magazine));
    }
    checkAllIsBack();
  }

  @Test
  void twoWorkersExchangeBlocks() throws Exception {
    System.out.println("-Dseed=" + seed);
    BlockingQueue<Block> there = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    BlockingQueue<Block> back = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
      Future<?> one = workers.submit(worker(new Random(seed), there, back));
      Future<?> other = workers.submit(worker(new Random(~seed), back, there));
      one.get();
      other.get();
    }
    try (Magazine magazine = allocator.magazine()) {
      there.forEach(block -> block.free(magazine));
      back.forEach(block -> block.free(magazine));
    }
    checkAllIsBack();
  }

  @Test
  void whatOneAllocatesAndAnotherFreesDoesNotPileUp() throws Exception {
    BlockingQueue<Block> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
    try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
      Future<?> producer = workers.submit(producer(new Random(seed), queue));
      Future<Long> mostBytes = workers.submit(consumer(queue));
      producer.get();
      // What is on the way, what the magazines hold, and the slabs all that lies in.
      assertThat(mostBytes.get()).isLessThan(4 << 20);
    }
    checkAllIsBack();
  }

  private Callable<Void> worker(Random random, BlockingQueue<Block> out, BlockingQueue<Block> in) {
    return () -> {
      List<Block> blocks = new ArrayList<>();
      try (Magazine magazine = allocator.magazine()) {
        for (int i = 0; i < OPERATIONS; i++) {
          step(magazine, blocks, random, growing(i));
          Block received = in.poll();
          if (received != null) {
            blocks.add(received);
          }
          if (!blocks.isEmpty() && out.offer(blocks.getLast())) {
            blocks.removeLast();
          }
        }
        blocks.forEach(block -> block.free(magazine));
      }
      return null;
    };
  }

  private Callable<Void> producer(Random random, BlockingQueue<Block> out) {
    return () -> {
      try (Magazine magazine = allocator.magazine()) {
        for (int i = 0; i < OPERATIONS; i++) {
          out.put(Block.allocate(magazine, 96, random));
        }
      }
      return null;
    };
  }

  private Callable<Long> consumer(BlockingQueue<Block> in) {
    return () -> {
      long most = 0;
      try (Magazine magazine = allocator.magazine()) {
        for (int i = 0; i < OPERATIONS; i++) {
          in.take().free(magazine);
          most = Math.max(most, allocator.totalBytes());
        }
      }
      return most;
    };
  }

  /// One random operation; returns by how much the live bytes changed.
  private static long step(Magazine magazine, List<Block> blocks, Random random, boolean growing) {
    int kind = random.nextInt(10);
    if (blocks.isEmpty() || kind < (growing ? 6 : 3)) {
      blocks.add(Block.allocate(magazine, Block.size(random), random));
      return blocks.getLast().size();
    }
    int index = random.nextInt(blocks.size());
    Block block = blocks.get(index);
    if (kind == 9) {
      long nearby = Math.max(1, block.size() + random.nextInt(64) - 32);
      blocks.set(index, block.resized(magazine, nearby));
      return nearby - block.size();
    }
    blocks.set(index, blocks.getLast());
    blocks.removeLast();
    block.free(magazine);
    return -block.size();
  }

  private static boolean growing(int operation) {
    return (operation & 0x8000) == 0;
  }

  private void checkAllIsBack() {
    assertThat(allocator.liveBytes()).as("-Dseed=%d", seed).isZero();
    assertThat(allocator.totalBytes())
        .as("-Dseed=%d", seed)
        .isLessThanOrEqualTo(Chunks.DIRTY_UNITS_MAX * Chunk.UNIT_SIZE);
    allocator.close();
  }
}
