package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.memory.IntSet;
import io.karst.memory.Record;
import io.karst.value.ElementTable;

/// Looks for the members of one set in others.
///
/// - Of a *table* a few members at a time: all are hashed, once for all sets; then, if the first of
///   the others is large, what the look-ups will need is loaded, all of one step before the next,
///   so that the cache misses overlap; then records are compared as they lie.
/// - Of *numbers* one after the other, in ascending order: another set of numbers is gone through
///   from where the last one stood.
/// - Of a *list* one by one.
///
/// Thread: the transaction's of the sets.
final class MemberProbe {
  /// A table of fewer elements is near enough to the processor: to load ahead takes longer.
  private static final int FAR = 1 << 13;

  /// Members looked for together.
  private static final int TOGETHER = 16;

  private final SetView set;
  private final SetView[] others;
  private final int count;

  /// Whether the others shall have a member, all of them, or none of them.
  private final boolean shared;

  private final MemberPredicate visitor;
  private final long now;
  private final long[] members = new long[TOGETHER];

  /// Their plain hashes, which all sets have in common.
  private final long[] hashes = new long[TOGETHER];

  private int gathered;

  /// Where loads ahead of use end, so that the compiler keeps them.
  @SuppressWarnings("unused")
  private long sink;

  /// - `count`: how many of `others` count.
  MemberProbe(SetView set, SetView[] others, int count, boolean shared, MemberPredicate visitor) {
    this.set = set;
    this.others = others;
    this.count = count;
    this.shared = shared;
    this.visitor = visitor;
    this.now = set.records.now();
  }

  /// Shows those that all others have, or that none has, as long as more are wanted; whether they
  /// were to the end.
  boolean run() {
    ElementTable table = set.table;
    if (table != null) {
      set.records.viewed();
      return table.forEachWhile(record -> gather(table, record)) && showGathered(table);
    }
    return set.hasNumbers()
        ? showNumbers()
        : set.forEachWhile((member, value) -> !takes(member) || visitor.wantsMore(member));
  }

  // ---- of a table ----

  private boolean gather(ElementTable table, long record) {
    members[gathered++] = record;
    return gathered < TOGETHER || showGathered(table);
  }

  private boolean showGathered(ElementTable table) {
    int size = gathered;
    gathered = 0;
    if (count > 0) {
      load(table, size);
    }
    for (int i = 0; i < size; i++) {
      long record = members[i];
      if (!Record.due(record, now)
          && takes(hashes[i], record)
          && !visitor.wantsMore(Record.key(record))) {
        return false;
      }
    }
    return true;
  }

  private void load(ElementTable table, int size) {
    for (int i = 0; i < size; i++) {
      hashes[i] = table.plainHash(members[i]);
    }
    ElementTable first = others[0].table;
    if (first != null && first.count() >= FAR) {
      long sum = 0;
      for (int i = 0; i < size; i++) {
        sum += first.touchHome(first.hashOfPlain(hashes[i]));
      }
      for (int i = 0; i < size; i++) {
        sum += first.touchRecord(first.hashOfPlain(hashes[i]));
      }
      sink = sum;
    }
  }

  private boolean takes(long hash, long record) {
    for (int i = 0; i < count; i++) {
      ElementTable other = others[i].table;
      boolean has =
          other == null ? others[i].contains(Record.key(record)) : has(other, hash, record);
      if (has != shared) {
        return false;
      }
    }
    return true;
  }

  private boolean has(ElementTable other, long hash, long record) {
    long found = other.findSame(other.hashOfPlain(hash), record);
    return found != Record.NONE && !Record.due(found, now);
  }

  // ---- of numbers ----

  private boolean showNumbers() {
    int[] places = new int[count];
    for (int i = 0, size = set.size(); i < size; i++) {
      long number = IntSet.get(set.record, i);
      if (takes(number, places) && !visitor.wantsMore(Decimal.of(number))) {
        return false;
      }
    }
    return true;
  }

  /// - `places`: where to go on looking in each of the others; brought up to date.
  private boolean takes(long number, int[] places) {
    for (int i = 0; i < count; i++) {
      SetView other = others[i];
      boolean has;
      if (other.hasNumbers()) {
        int at = IntSet.seek(other.record, places[i], number);
        places[i] = at;
        has = at < IntSet.count(other.record) && IntSet.get(other.record, at) == number;
      } else {
        has = other.contains(Decimal.of(number));
      }
      if (has != shared) {
        return false;
      }
    }
    return true;
  }

  // ---- of a list ----

  private boolean takes(Bytes member) {
    for (int i = 0; i < count; i++) {
      if (others[i].contains(member) != shared) {
        return false;
      }
    }
    return true;
  }
}
