package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderedIndexMemoryTest {
  private static final Bytes KEY = Bytes.utf8("key");

  /// The sizes of blocks that an index with leaves of 32 and inner nodes of 16 asks for.
  private static final int[] SIZES = {128, 256, 384, 512};

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Allocator allocator = Allocator.open(Long.MAX_VALUE);
  private final Magazine magazine = allocator.magazine();

  /// What takes the free blocks of each of [#SIZES].
  private final List<Deque<Long>> taken = new ArrayList<>();

  OrderedIndexMemoryTest() {
    System.out.println("OrderedIndexMemoryTest -Dseed=" + seed);
    for (int i = 0; i < SIZES.length; i++) {
      taken.add(new ArrayDeque<>());
    }
  }

  @AfterEach
  void everythingIsGivenBack() {
    giveBack();
    assertThat(allocator.liveBytes()).isZero();
    magazine.close();
    allocator.close();
  }

  @Test
  void nodesTakeTheirSizeClassesExactly() {
    for (int fill = 1; fill <= 256; fill++) {
      int capacity = IndexNode.capacityFor(fill);
      assertThat(capacity).isGreaterThanOrEqualTo(fill).isLessThan(fill + Math.max(8, fill / 4));
      for (int level = 0; level < 2; level++) {
        long node = IndexNode.allocate(magazine, level, capacity);
        assertThat(IndexNode.capacity(node)).isEqualTo(capacity);
        assertThat(IndexNode.fill(node)).isZero();
        int size = (int) IndexNode.size(level, node);
        assertThat(SizeClasses.size(SizeClasses.of(size))).isEqualTo(size);
        IndexNode.free(magazine, level, node);
      }
    }
  }

  @Test
  void aSmallIndexIsSmall() {
    try (IndexModel model = model(128, 64)) {
      model.add(1, KEY);
      assertThat(model.index.overhead()).isEqualTo(128);
      for (int i = 2; i <= 128; i++) {
        model.add(i, KEY);
        assertThat(model.index.overhead()).isLessThanOrEqualTo(Math.max(i + 7, i * 5 / 4) * 16L);
      }
      assertThat(model.index.overhead()).isEqualTo(2048);
    }
  }

  @Test
  void entriesInTheirOrderFillTheirNodes() {
    int count = 40_000;
    for (int direction = -1; direction <= 1; direction++) {
      try (IndexModel model = model(128, 64)) {
        for (int i = 0; i < count; i++) {
          if (direction == 0) {
            model.append(i, KEY);
          } else {
            model.add((long) direction * i, KEY);
          }
        }
        model.check();
        assertThat(model.index.overhead()).isLessThan(17L * count);
      }
    }
  }

  @Test
  void entriesInNoOrderLeaveLittleRoom() {
    int count = 40_000;
    try (IndexModel model = model(128, 64)) {
      while (model.entries.size() < count) {
        model.add(random.nextLong(), KEY);
      }
      assertThat(model.index.overhead()).isLessThan(20L * count);
      while (model.entries.size() > count / 10) {
        model.remove(random.nextInt(model.entries.size()));
      }
      assertThat(model.index.overhead()).isLessThan(30L * count / 10);
      model.check();
    }
  }

  @Test
  void anAdditionThatFailsLeavesTheEntriesWhateverItFailsAt() {
    int failures = 0;
    try (IndexModel model = model(32, 16)) {
      List<IndexModel.Entry> fresh = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        fresh.add(model.entry(i < 2_000 ? random.nextInt() : Integer.MAX_VALUE + (long) i, KEY));
      }
      take(500);
      allocator.limit(allocator.totalBytes());
      takeAll();
      for (IndexModel.Entry entry : fresh) {
        for (int i = 0; !tryAdd(model, entry); i++) {
          if (failures++ % 8 == 0) {
            model.check();
          }
          takeAll();
          letOneGo(i % SIZES.length);
        }
      }
      model.check();
      assertThat(failures).isGreaterThan(500);
      assertThat(model.index.tree().height()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aRemovalNeedsNoMemory() {
    try (IndexModel model = model(32, 16)) {
      for (int i = 0; i < 3_000; i++) {
        model.add(random.nextInt(), KEY);
      }
      allocator.limit(allocator.totalBytes());
      while (!model.entries.isEmpty()) {
        if (model.entries.size() % 10 == 0) {
          takeAll();
        }
        model.remove(random.nextInt(model.entries.size()));
        if (model.entries.size() % 100 == 0) {
          model.check();
        }
      }
      assertThat(model.index.overhead()).isZero();
    }
  }

  @Test
  void anIndexIsFreedInSteps() {
    try (IndexModel model = model(16, 8)) {
      while (model.entries.size() < 3_000) {
        model.add(random.nextLong(), KEY);
      }
      boolean more = true;
      while (more) {
        long before = model.index.overhead();
        int count = model.entries.size();
        more = model.index.free(magazine, 3);
        int left = (int) model.index.count();
        assertThat(count - left).isBetween(1, 3 * 16);
        assertThat(model.index.overhead()).isLessThan(before);
        List<IndexModel.Entry> gone = model.entries.subList(left, count);
        gone.forEach(entry -> Record.free(magazine, entry.record()));
        gone.clear();
        model.check();
      }
      assertThat(model.entries).isEmpty();
    }
  }

  @Test
  void nodesMoveOutOfSparseSlabsInSteps() {
    try (IndexModel model = model(32, 16)) {
      for (int i = 0; i < 10_000; i++) {
        model.add(random.nextInt(), KEY);
        take(1);
      }
      giveBack();
      magazine.flush();
      assertThat(allocator.markSparse(0.5, Long.MAX_VALUE)).isPositive();
      assertThat(model.check()).isGreaterThan(100);
      long position = 0;
      int steps = 0;
      do {
        position = model.index.relocateSparse(magazine, allocator, position, 100);
        steps++;
        assertThat(position).isLessThanOrEqualTo(steps * (100L + 32));
      } while (position >= 0);
      assertThat(steps).isGreaterThan(50);
      assertThat(model.check()).isZero();
      allocator.clearSparse();
    }
  }

  @Test
  void aRelocationThatFailsLeavesTheIndexWhole() {
    try (IndexModel model = model(32, 16)) {
      for (int i = 0; i < 10_000; i++) {
        model.add(random.nextInt(), KEY);
        take(1);
      }
      giveBack();
      magazine.flush();
      assertThat(allocator.markSparse(0.5, Long.MAX_VALUE)).isPositive();
      int sparse = model.check();
      assertThat(sparse).isPositive();
      allocator.limit(allocator.totalBytes());
      takeAll();
      assertThatThrownBy(() -> model.index.relocateSparse(magazine, allocator, 0, 10_000))
          .isInstanceOf(Fault.OutOfMemory.class);
      assertThat(model.check()).isLessThanOrEqualTo(sparse);
      allocator.clearSparse();
    }
  }

  private boolean tryAdd(IndexModel model, IndexModel.Entry entry) {
    try {
      model.index.add(magazine, entry.rank(), entry.record());
    } catch (Fault.OutOfMemory full) {
      return false;
    }
    model.entries.add(~Collections.binarySearch(model.entries, entry), entry);
    return true;
  }

  /// Takes every block that an index could ask for.
  private void takeAll() {
    for (int i = 0; i < SIZES.length; i++) {
      try {
        while (true) {
          taken.get(i).push(magazine.allocate(SIZES[i]));
        }
      } catch (Fault.OutOfMemory full) {
        assertThat(full.bytes()).isPositive();
      }
    }
  }

  private void take(int count) {
    for (int i = 0; i < SIZES.length; i++) {
      for (int j = 0; j < count; j++) {
        taken.get(i).push(magazine.allocate(SIZES[i]));
      }
    }
  }

  private void letOneGo(int size) {
    if (!taken.get(size).isEmpty()) {
      magazine.free(taken.get(size).pop(), SIZES[size]);
    }
  }

  private void giveBack() {
    for (int i = 0; i < SIZES.length; i++) {
      while (!taken.get(i).isEmpty()) {
        letOneGo(i);
      }
    }
  }

  private IndexModel model(int leafMax, int innerMax) {
    return new IndexModel(allocator, magazine, new OrderedIndex(leafMax, innerMax));
  }
}
