package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.keyspace.KeySlot;
import io.karst.memory.Magazine;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.Encodings;
import io.karst.value.Scores;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Makes a sorted set of its members, in the form that fits, outside of any table of keys: they are
/// kept on the heap until all are known, so that they can be put in order at once.
///
/// Thread: its owner's.
public final class SortedSetBuilder implements ValueBuilder {
  private static final Comparator<Member> ORDER =
      Comparator.comparingLong(Member::rank).thenComparing(Member::bytes);

  private final Engine engine;
  private final Magazine magazine;
  private final Set<Bytes> seen = new HashSet<>();
  private final List<Member> members = new ArrayList<>();
  private boolean packs = true;

  private record Member(Bytes bytes, double score, long expiryMillis) {
    long rank() {
      return Scores.rank(score);
    }
  }

  SortedSetBuilder(Engine engine, Magazine magazine) {
    this.engine = engine;
    this.magazine = magazine;
  }

  /// Adds a member, which is kept as it is until this is finished; false if it is there already.
  ///
  /// - `expiryMillis`: since 1970, or [Record#NO_EXPIRY].
  public boolean add(Bytes member, double score, long expiryMillis) {
    if (!seen.add(member)) {
      return false;
    }
    Encodings encodings = engine.encodings();
    packs =
        packs
            && expiryMillis == Record.NO_EXPIRY
            && member.length() <= encodings.sortedSetValueMax()
            && members.size() < encodings.sortedSetEntriesMax();
    members.add(new Member(member, score, expiryMillis));
    return true;
  }

  @Override
  public int count() {
    return members.size();
  }

  @Override
  public void close() {
    // It has taken nothing but heap.
  }

  @Override
  public long finish(Bytes key, long expiryMillis, int access) {
    members.sort(ORDER);
    return packs ? packed(key, expiryMillis, access) : table(key, expiryMillis, access);
  }

  private long packed(Bytes key, long expiryMillis, int access) {
    PackedEntries entries = new PackedEntries();
    members.forEach(member -> PackedScores.add(entries, member.bytes, member.score));
    long record = create(key, Packed.EMPTY_SIZE + entries.size(), expiryMillis, access);
    Packed.clear(record);
    Packed.edit(record, record, Packed.end(record), 0, 0, entries);
    return record;
  }

  private long table(Bytes key, long expiryMillis, int access) {
    ElementTable table = ElementTable.of(ValueType.SORTED_SET, engine.keyspace().hasher().of(key));
    try {
      members.forEach(member -> append(table, member));
      long record = create(key, Record.OBJECT_SIZE, expiryMillis, access);
      Record.object(record, engine.values().add(table, KeySlot.of(key)), table.earliestExpiry());
      return record;
    } catch (Fault.OutOfMemory full) {
      table.free(magazine);
      throw full;
    }
  }

  private void append(ElementTable table, Member member) {
    long record = create(member.bytes, Scores.SIZE, member.expiryMillis, 0);
    Record.write(record, 0, Scores.bytes(member.score));
    try {
      table.append(magazine, record);
    } catch (Fault.OutOfMemory full) {
      Record.free(magazine, record);
      throw full;
    }
  }

  private long create(Bytes key, int valueLength, long expiryMillis, int access) {
    int type = ValueType.SORTED_SET.code();
    return Record.create(magazine, key, type, valueLength, expiryMillis, access);
  }
}
