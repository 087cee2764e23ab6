package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.base.Fault;
import io.karst.history.Effect;
import io.karst.memory.IntSet;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Takes many members out of a set that are chosen at random, all or, with a
/// [Fault], none: they are chosen before the first is removed.
///
/// Thread: the transaction's of the set.
final class SetPop {
  private final SetView set;
  private final RandomGenerator random;
  private final int count;

  SetPop(SetView set, RandomGenerator random, int count) {
    this.set = set;
    this.random = random;
    this.count = count;
  }

  /// Shows what it has removed.
  void run(Consumer<Bytes> visitor) {
    ElementTable table = set.table;
    if (table != null) {
      fromTable(table, visitor);
    } else if (Record.numbers(set.record)) {
      fromNumbers(visitor);
    } else {
      fromList(visitor);
    }
  }

  private void fromTable(ElementTable table, Consumer<Bytes> visitor) {
    long[] chosen = new long[count];
    int[] found = {0};
    ElementSample.distinct(table, random, count, record -> chosen[found[0]++] = record);
    long size = 0;
    for (long record : chosen) {
      size += set.key.bytes().length() + (long) Record.keyLength(record);
    }
    set.records.reserveAll(count, size);
    for (long record : chosen) {
      Bytes member = Record.key(record);
      set.removeFrom(table, table.hash(member), record);
      visitor.accept(member);
    }
  }

  private void fromNumbers(Consumer<Bytes> visitor) {
    long record = set.record;
    int size = IntSet.count(record);
    int width = IntSet.width(record);
    ElementSample.Selection selection = new ElementSample.Selection(random, size, count);
    List<Bytes> chosen = new ArrayList<>(count);
    long rest = BatchPut.create(set, IntSet.size(width, size - count));
    Record.numbers(rest, true);
    IntSet.clear(rest, width);
    for (int i = 0; i < size; i++) {
      long number = IntSet.get(record, i);
      if (selection.takesNext()) {
        chosen.add(Decimal.of(number));
      } else {
        IntSet.insert(rest, rest, IntSet.count(rest), number);
      }
    }
    remove(chosen, rest, visitor);
  }

  private void fromList(Consumer<Bytes> visitor) {
    long record = set.record;
    PackedEntries left = set.records.packed.entries();
    ElementSample.Selection selection =
        new ElementSample.Selection(random, Packed.count(record), count);
    List<Bytes> chosen = new ArrayList<>(count);
    for (int at = Packed.first(record); at != Packed.NONE; at = Packed.next(record, at)) {
      if (selection.takesNext()) {
        chosen.add(Packed.get(record, at));
      } else {
        left.add(Packed.get(record, at));
      }
    }
    long rest = BatchPut.create(set, Packed.EMPTY_SIZE + left.size());
    Packed.clear(rest);
    Packed.edit(rest, rest, Packed.end(rest), 0, 0, left);
    remove(chosen, rest, visitor);
  }

  /// Lets what is left take the place of the set, whose record stays readable.
  private void remove(List<Bytes> chosen, long rest, Consumer<Bytes> visitor) {
    Records records = set.records;
    long size = 0;
    for (Bytes member : chosen) {
      size += set.key.bytes().length() + (long) member.length();
    }
    try {
      records.reserveAll(count, size);
    } catch (Fault full) {
      Record.free(records.magazine(), rest);
      throw full;
    }
    records.install(set.database, set.key, set.record, rest);
    set.at(rest);
    for (Bytes member : chosen) {
      if (records.keepsEffects()) {
        records.effect(rest, new Effect.RemoveElement(set.id(), set.key.bytes(), member));
      }
      visitor.accept(member);
    }
  }
}
