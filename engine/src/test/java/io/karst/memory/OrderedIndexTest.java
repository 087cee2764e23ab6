package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderedIndexTest {
  private static final Bytes KEY = Bytes.utf8("key");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Allocator allocator = Allocator.open(Long.MAX_VALUE);
  private final Magazine magazine = allocator.magazine();

  OrderedIndexTest() {
    System.out.println("OrderedIndexTest -Dseed=" + seed);
  }

  @AfterEach
  void everythingIsGivenBack() {
    assertThat(allocator.liveBytes()).isZero();
    magazine.close();
    allocator.close();
  }

  @Test
  void randomHistoriesMatchAModel() {
    int[] ranks = {1, 3, 200, Integer.MAX_VALUE};
    for (int round = 0; round < 24; round++) {
      OrderedIndex index = new OrderedIndex(8 << random.nextInt(4), 8 << random.nextInt(2));
      try (IndexModel model = new IndexModel(allocator, magazine, index)) {
        history(model, ranks[round % ranks.length], 1 + random.nextInt(2_000));
      }
    }
  }

  @Test
  void anIndexOfTheUsualNodesMatchesAModel() {
    try (IndexModel model = model()) {
      history(model, 1_000, 12_000);
      assertThat(model.index.tree().height()).isPositive();
    }
  }

  @Test
  void anEmptyIndexHasNothingAndTakesNothing() {
    try (IndexModel model = model()) {
      assertThat(model.index.overhead()).isZero();
      assertThat(model.index.lowerBound(0, KEY)).isZero();
      assertThat(model.index.upperBound(Long.MAX_VALUE)).isZero();
      assertThat(model.index.visit(0, 10, false, (rank, record) -> false)).isTrue();
      assertThat(model.index.free(magazine, 1)).isFalse();
      assertThat(model.index.relocateSparse(magazine, allocator, 0, 10)).isEqualTo(-1);
      assertThatThrownBy(() -> model.index.recordAt(0))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void theOrderIsThatOfRanksThenOfKeysAsUnsignedBytes() {
    List<Bytes> keys = new ArrayList<>();
    keys.add(Bytes.EMPTY);
    keys.add(Bytes.of((byte) 0));
    keys.add(Bytes.of((byte) 0, (byte) 0));
    keys.add(Bytes.utf8("a"));
    keys.add(Bytes.utf8("abcdefgh"));
    keys.add(Bytes.utf8("abcdefghi"));
    keys.add(Bytes.utf8("abcdefgi"));
    keys.add(Bytes.utf8("abcdefgihgfedcba"));
    keys.add(Bytes.utf8("abcdefgihgfedcbaa"));
    keys.add(Bytes.utf8("abcdefgihgfedcbbaaaaaaaa"));
    keys.add(Bytes.of((byte) 0x80));
    keys.add(Bytes.of((byte) 0xff));
    long[] ranks = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE};
    try (IndexModel model = model()) {
      for (int i = 0; i < ranks.length * keys.size(); i++) {
        int shuffled = i * 7 % (ranks.length * keys.size());
        model.add(ranks[shuffled / keys.size()], keys.get(shuffled % keys.size()));
      }
      for (int i = 0; i < model.entries.size(); i++) {
        assertThat(model.index.rankAt(i)).isEqualTo(ranks[i / keys.size()]);
        assertThat(Record.key(model.index.recordAt(i))).isEqualTo(keys.get(i % keys.size()));
      }
      assertThat(model.index.lowerBound(Long.MIN_VALUE, null)).isZero();
      assertThat(model.index.upperBound(Long.MAX_VALUE)).isEqualTo(model.entries.size());
      assertThat(model.index.lowerBound(Long.MAX_VALUE, null)).isEqualTo(4L * keys.size());
    }
  }

  @Test
  void keysAreComparedAsBytesAre() {
    for (int i = 0; i < 20_000; i++) {
      Bytes left = IndexModel.key(random);
      Bytes right = random.nextInt(4) == 0 ? extended(left) : IndexModel.key(random);
      long one = Record.create(magazine, left, 0, 3, Record.NO_EXPIRY, 0);
      long other = Record.create(magazine, right, 0, 0, random.nextLong(1_000), 0);
      int order = Integer.signum(left.compareTo(right));
      assertThat(Integer.signum(IndexSearch.compareKeys(one, other))).isEqualTo(order);
      assertThat(Integer.signum(IndexSearch.compareKeys(other, one))).isEqualTo(-order);
      assertThat(Integer.signum(IndexSearch.compareKeys(one, right))).isEqualTo(order);
      assertThat(IndexSearch.compareKeys(one, one)).isZero();
      Record.free(magazine, one);
      Record.free(magazine, other);
    }
  }

  @Test
  void rangesAreShownInBothDirectionsUntilTheVisitorHasEnough() {
    try (IndexModel model = new IndexModel(allocator, magazine, new OrderedIndex(16, 8))) {
      for (int i = 0; i < 3_000; i++) {
        model.add(random.nextInt(500), IndexModel.key(random));
      }
      for (int i = 0; i < 500; i++) {
        checkRange(model, random.nextInt(model.entries.size()), random.nextInt(200));
      }
      checkRange(model, 0, Integer.MAX_VALUE);
      checkRange(model, model.entries.size() - 1, Integer.MAX_VALUE);
      assertThat(model.index.visit(model.entries.size(), 1, false, (r, record) -> false)).isTrue();
      assertThat(model.index.visit(-1, 1, true, (r, record) -> false)).isTrue();
    }
  }

  @Test
  void mergesDownToNothingInAnyOrder() {
    for (int order = 0; order < 3; order++) {
      try (IndexModel model = new IndexModel(allocator, magazine, new OrderedIndex(16, 8))) {
        while (model.entries.size() < 4_000) {
          model.add(random.nextLong(), KEY);
        }
        assertThat(model.index.tree().height()).isGreaterThanOrEqualTo(3);
        while (!model.entries.isEmpty()) {
          int size = model.entries.size();
          model.remove(order == 0 ? 0 : order == 1 ? size - 1 : random.nextInt(size));
          if (size % 97 == 0 || size < 10) {
            model.check();
            assertThat(model.index.overhead()).isLessThan(300 + 64L * size);
          }
        }
        assertThat(model.index.overhead()).isZero();
      }
    }
  }

  @Test
  void whatIsNotThereIsNeitherRemovedNorMovedNorFound() {
    try (IndexModel model = model()) {
      model.add(1, KEY);
      IndexModel.Entry there = model.entries.getFirst();
      IndexModel.Entry twin = model.entry(1, KEY);
      OrderedIndex index = model.index;
      assertViolation(() -> index.remove(magazine, 2, there.record()));
      assertViolation(() -> index.remove(magazine, 1, twin.record()));
      assertViolation(() -> index.indexOf(0, there.record()));
      assertViolation(() -> index.relocate(0, there.record(), twin.record()));
      assertViolation(() -> index.add(magazine, 1, twin.record()));
      assertViolation(() -> index.append(magazine, 1, twin.record()));
      assertViolation(() -> index.append(magazine, 0, twin.record()));
      model.check();
      Record.free(magazine, twin.record());
    }
  }

  /// Grows to about `size` entries, shrinks to none, and grows a little again.
  private void history(IndexModel model, int ranks, int size) {
    int steps = 3 * size;
    for (int step = 0; step < steps; step++) {
      int adding = step < steps / 3 ? 80 : step < steps * 3 / 4 ? 10 : 60;
      step(model, ranks, adding);
      if (step % (1 + steps / 16) == 0) {
        model.check();
      }
    }
    model.check();
  }

  private void step(IndexModel model, int ranks, int adding) {
    int size = model.entries.size();
    if (random.nextInt(100) < adding) {
      model.add(random.nextInt(-ranks, ranks), IndexModel.key(random));
    } else if (size > 0) {
      int position = random.nextInt(size);
      switch (random.nextInt(8)) {
        case 0 -> model.relocate(position);
        case 1 -> model.rerank(position, random.nextInt(-ranks, ranks));
        case 2 -> checkEntry(model, position);
        case 3 -> checkBounds(model, random.nextInt(-ranks, ranks), IndexModel.key(random));
        default -> model.remove(position);
      }
    }
  }

  private static void checkEntry(IndexModel model, int position) {
    IndexModel.Entry entry = model.entries.get(position);
    assertThat(model.index.recordAt(position)).isEqualTo(entry.record());
    assertThat(model.index.rankAt(position)).isEqualTo(entry.rank());
    assertThat(model.index.indexOf(entry.rank(), entry.record())).isEqualTo(position);
    assertThat(model.index.record(entry.rank(), entry.key())).isEqualTo(entry.record());
    checkBounds(model, entry.rank(), entry.key());
  }

  private static void checkBounds(IndexModel model, long rank, Bytes key) {
    OrderedIndex index = model.index;
    assertThat(index.lowerBound(rank, key)).isEqualTo(model.before(rank, key, false));
    assertThat(index.upperBound(rank, key)).isEqualTo(model.before(rank, key, true));
    boolean there = index.upperBound(rank, key) > index.lowerBound(rank, key);
    assertThat(index.record(rank, key) != Record.NONE).isEqualTo(there);
    long less = model.before(rank, Bytes.EMPTY, false);
    assertThat(index.lowerBound(rank, null)).isEqualTo(less);
    assertThat(index.upperBound(rank)).isEqualTo(model.before(rank + 1, Bytes.EMPTY, false));
  }

  private void checkRange(IndexModel model, int from, int limit) {
    List<IndexModel.Entry> entries = model.entries;
    int end = (int) Math.min(entries.size(), (long) from + limit);
    checkRange(model, from, limit, false, entries.subList(from, end));
    int start = Math.max(0, from + 1 - limit);
    checkRange(model, from, limit, true, entries.subList(start, from + 1).reversed());
  }

  private void checkRange(
      IndexModel model, int from, int limit, boolean reverse, List<IndexModel.Entry> wanted) {
    List<IndexModel.Entry> shown = new ArrayList<>();
    boolean through =
        model.index.visit(
            from, limit, reverse, (rank, record) -> shown.add(IndexModel.entryOf(rank, record)));
    assertThat(through).isTrue();
    assertThat(shown).isEqualTo(wanted);
    if (!wanted.isEmpty()) {
      int enough = 1 + random.nextInt(wanted.size());
      List<Long> some = new ArrayList<>();
      EntryVisitor visitor = (rank, record) -> some.add(record) && some.size() < enough;
      assertThat(model.index.visit(from, limit, reverse, visitor)).isFalse();
      assertThat(some).hasSize(enough);
    }
  }

  private Bytes extended(Bytes key) {
    byte[] longer = new byte[key.length() + random.nextInt(10)];
    key.copyTo(0, longer, 0, key.length());
    return Bytes.of(longer);
  }

  private IndexModel model() {
    return new IndexModel(allocator, magazine, new OrderedIndex());
  }

  private static void assertViolation(Runnable act) {
    assertThatThrownBy(act::run).isInstanceOf(Invariant.Violation.class);
  }
}
