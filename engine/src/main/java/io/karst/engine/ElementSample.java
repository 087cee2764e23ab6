package io.karst.engine;

import io.karst.memory.Record;
import io.karst.memory.RecordVisitor;
import io.karst.value.ElementTable;
import java.util.random.RandomGenerator;

/// Elements chosen at random.
///
/// Different ones: by selection sampling over all of them, each taken with the chance of how many
/// are wanted among how many are left, where that is a third of them or the collection is packed;
/// else by drawing until there are enough that have not been drawn before. The first takes time in
/// the size of the collection and no memory, the other both in the size of the sample.
///
/// Source: D. Knuth, TAOCP vol. 2, 3.4.2, algorithm S.
final class ElementSample {
  /// With fewer elements than this times as many as wanted, all are looked at.
  private static final int SPARSE = 3;

  private ElementSample() {}

  /// See [Elements#sample].
  static void distinct(
      Elements elements, RandomGenerator random, int count, ElementVisitor visitor) {
    int size = elements.size();
    ElementTable table = elements.table;
    if (count >= size) {
      elements.forEach(visitor);
    } else if (table == null || elements.hidden != null) {
      Selection selection = new Selection(random, size, count);
      elements.forEachSeen((element, value) -> {
        if (selection.takesNext()) {
          visitor.visit(element, value);
        }
      });
    } else {
      distinct(table, random, count, record -> elements.show(record, visitor));
    }
  }

  /// Shows `count` different records of a table, which has more.
  static void distinct(
      ElementTable table, RandomGenerator random, int count, RecordVisitor visitor) {
    if ((long) count * SPARSE > table.count()) {
      Selection selection = new Selection(random, table.count(), count);
      table.forEach(record -> {
        if (selection.takesNext()) {
          visitor.visit(record);
        }
      });
      return;
    }
    Handles drawn = new Handles(count);
    for (int left = count; left > 0; ) {
      long record = table.random(random);
      if (drawn.add(record)) {
        visitor.visit(record);
        left--;
      }
    }
  }

  /// A record of a collection's table that is seen, each with the same chance; there is one.
  static long one(Elements elements, ElementTable table, RandomGenerator random) {
    long record = table.random(random);
    while (elements.hidden != null && Record.due(record, elements.records.now())) {
      record = table.random(random);
    }
    return record;
  }

  /// See [Elements#draw].
  static void repeated(
      Elements elements, RandomGenerator random, long count, ElementVisitor visitor) {
    ElementTable table = elements.table;
    int size = elements.size();
    for (long left = count; left > 0; left--) {
      if (table == null) {
        elements.showPacked(random.nextInt(size), visitor);
      } else {
        long record = one(elements, table, random);
        visitor.visit(Record.key(record), Record.value(record));
      }
    }
    elements.records.viewed();
  }

  /// Decides for each of many, one after the other, whether it is one of those chosen.
  static final class Selection {
    private final RandomGenerator random;
    private int left;
    private int wanted;

    Selection(RandomGenerator random, int size, int wanted) {
      this.random = random;
      this.left = size;
      this.wanted = wanted;
    }

    boolean takesNext() {
      boolean takes = wanted > 0 && random.nextInt(left) < wanted;
      left--;
      wanted -= takes ? 1 : 0;
      return takes;
    }
  }

  /// A set of records, by open addressing at a load of at most a half.
  private static final class Handles {
    private final long[] places;
    private final int mask;

    Handles(int count) {
      int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(count, 4)) + 1;
      places = new long[1 << bits];
      mask = places.length - 1;
    }

    boolean add(long record) {
      int at = (int) ((record * 0x9e3779b97f4a7c15L) >>> 32) & mask;
      while (places[at] != Record.NONE) {
        if (places[at] == record) {
          return false;
        }
        at = (at + 1) & mask;
      }
      places[at] = record;
      return true;
    }
  }
}
