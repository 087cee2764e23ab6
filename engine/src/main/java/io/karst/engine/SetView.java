package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.IntSet;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.Encodings;
import io.karst.value.ValueType;
import java.util.random.RandomGenerator;

/// The set at a key, or none. A small one of nothing but integers is an [IntSet]. See [Elements].
public final class SetView extends Elements {
  private final Encodings encodings;

  SetView(Records records, Encodings encodings, int database, Key key, long found) {
    super(records, database, key, ValueType.SET, found);
    this.encodings = encodings;
  }

  /// Adds a member, which stays from then on if it is new; whether it is.
  public boolean add(Bytes member) {
    if (contains(member)) {
      return false;
    }
    return add(member, Record.NO_EXPIRY);
  }

  /// Adds a member that is not there.
  ///
  /// - `expiryMillis`: since 1970 and after now, or [Record#NO_EXPIRY].
  boolean add(Bytes member, long expiryMillis) {
    records.reserve((long) key.bytes().length() + member.length());
    if (table != null || expiryMillis >= 0 || (!addNumber(member) && !addPacked(member))) {
      put(toTable(), member, Bytes.EMPTY, expiryMillis);
    }
    if (records.keepsEffects()) {
      int code = ValueType.SET.code();
      records.pin(member);
      records.effect(
          new Effect.PutElement(id(), key.bytes(), code, member, Bytes.EMPTY, expiryMillis));
    }
    return true;
  }

  /// A member chosen at random, each with the same chance; there is one.
  public Bytes random(RandomGenerator random) {
    ElementTable members = table;
    records.viewed();
    if (members != null) {
      return Record.key(members.random(random));
    }
    int index = random.nextInt(packedCount());
    return Record.numbers(record)
        ? Decimal.of(IntSet.get(record, index))
        : Packed.get(record, Packed.at(record, index));
  }

  /// Adds a member to a set of numbers, if it is one, both fit, and there is room for one more.
  private boolean addNumber(Bytes member) {
    boolean fits =
        record == Record.NONE
            ? encodings.setNumbersMax() > 0
            : Record.numbers(record) && IntSet.count(record) < encodings.setNumbersMax();
    if (!fits || !Decimal.isInt64(member)) {
      return false;
    }
    long number = Decimal.parse(member);
    int width = IntSet.widthOf(number);
    if (record == Record.NONE) {
      long fresh =
          records.create(key, ValueType.SET, IntSet.size(width, 1), Record.NO_EXPIRY, record);
      Record.numbers(fresh, true);
      IntSet.clear(fresh, width);
      IntSet.insert(fresh, fresh, 0, number);
      records.install(database, key, Record.NONE, fresh);
      at(fresh);
    } else {
      int index = -IntSet.find(record, number) - 1;
      int size = IntSet.size(Math.max(width, IntSet.width(record)), IntSet.count(record) + 1);
      long target = numbersOf(size);
      IntSet.insert(target, record, index, number);
      become(target);
    }
    return true;
  }

  /// A record for numbers that take so many bytes: its own, or a new one.
  private long numbersOf(int size) {
    boolean fits =
        size <= Record.valueLength(record)
            || Record.resize(records.magazine(), record, size, Record.expires(record));
    if (fits && records.mayOverwrite()) {
      return record;
    }
    long fresh = records.create(key, ValueType.SET, size, Record.expiry(record), record);
    Record.numbers(fresh, true);
    return fresh;
  }

  private void become(long target) {
    if (target == record) {
      records.accesses.wrote(record);
      records.dirty(database, key, record);
    } else {
      records.install(database, key, record, target);
      at(target);
    }
  }

  /// Adds a member to a packed list of strings, which a set of numbers becomes, if there is room
  /// for one more and all are short enough.
  private boolean addPacked(Bytes member) {
    if (size() >= encodings.setEntriesMax() || member.length() > encodings.setValueMax()) {
      return false;
    }
    if (record != Record.NONE && Record.numbers(record) && !numbersToPacked()) {
      return false;
    }
    PackedEntries fresh = records.packed().entries().add(member);
    if (record == Record.NONE) {
      at(records.packed().create(database, key, ValueType.SET, fresh));
    } else {
      edit(Packed.end(record), 0, 0, fresh);
    }
    return true;
  }

  private boolean numbersToPacked() {
    if (Decimal.LENGTH_MAX > encodings.setValueMax()) {
      return false;
    }
    PackedEntries entries = records.packed().entries();
    for (int i = 0, count = IntSet.count(record); i < count; i++) {
      entries.add(IntSet.get(record, i));
    }
    int size = Packed.EMPTY_SIZE + entries.size();
    long fresh = records.create(key, ValueType.SET, size, Record.expiry(record), record);
    Packed.clear(fresh);
    Packed.edit(fresh, fresh, Packed.end(fresh), 0, 0, entries);
    records.install(database, key, record, fresh);
    at(fresh);
    return true;
  }

  @Override
  int packedCount() {
    return Record.numbers(record) ? IntSet.count(record) : Packed.count(record);
  }

  @Override
  boolean packedContains(Bytes member) {
    if (Record.numbers(record)) {
      return Decimal.isInt64(member) && IntSet.find(record, Decimal.parse(member)) >= 0;
    }
    return position(member, 1) != Packed.NONE;
  }

  @Override
  void removePacked(Bytes member) {
    if (Record.numbers(record)) {
      int index = IntSet.find(record, Decimal.parse(member));
      long target = numbersOf(IntSet.size(IntSet.width(record), IntSet.count(record) - 1));
      IntSet.remove(target, record, index);
      become(target);
      return;
    }
    int at = position(member, 1);
    edit(at, Packed.size(record, at), 1, records.packed().entries());
  }

  @Override
  void forEachPacked(ElementVisitor visitor) {
    if (Record.numbers(record)) {
      for (int i = 0, count = IntSet.count(record); i < count; i++) {
        visitor.visit(Decimal.of(IntSet.get(record, i)), Bytes.EMPTY);
      }
      return;
    }
    for (int at = Packed.first(record); at != Packed.NONE; at = Packed.next(record, at)) {
      records.viewed();
      visitor.visit(Packed.get(record, at), Bytes.EMPTY);
    }
  }
}
