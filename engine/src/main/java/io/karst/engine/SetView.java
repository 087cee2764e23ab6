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
import java.util.function.Consumer;
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
    return add(member, Record.NO_EXPIRY);
  }

  /// Adds a member; one that is there stays as it is. Whether it is new.
  ///
  /// - `expiryMillis`: since 1970 and after now, or [Record#NO_EXPIRY].
  public boolean add(Bytes member, long expiryMillis) {
    ElementTable members = table;
    if (members == null) {
      if (record != Record.NONE && packedFind(member) >= 0) {
        return false;
      }
      reserve(member);
      if (expiryMillis >= 0 || (!addNumber(member) && !addPacked(member))) {
        members = toTable();
        put(members, members.hash(member), Record.NONE, member, Bytes.EMPTY, expiryMillis);
      }
    } else {
      long hash = members.hash(member);
      long old = members.find(hash, member);
      if (old != Record.NONE && !Record.due(old, records.now())) {
        return false;
      }
      reserve(member);
      put(members, hash, old, member, Bytes.EMPTY, expiryMillis);
    }
    added(member, expiryMillis);
    return true;
  }

  private void added(Bytes member, long expiryMillis) {
    if (records.keepsEffects()) {
      int code = ValueType.SET.code();
      records.pin(member);
      records.effect(
          record,
          new Effect.PutElement(id(), key.bytes(), code, member, Bytes.EMPTY, expiryMillis));
    }
  }

  /// Adds all members of a batch, or, with a [io.karst.base.Fault], none; returns how many are new.
  public int addAll(ElementBatch batch) {
    if (batch.count() == 1) {
      return add(batch.element(0)) ? 1 : 0;
    }
    Missing missing = new Missing(this, batch);
    if (missing.count() == 0) {
      return 0;
    }
    reserve(missing);
    int before = size();
    SetForm form = SetForm.of(this, missing, encodings);
    switch (form) {
      case NUMBERS -> addNumbers(missing);
      case PACKED -> addAllPacked(missing);
      case TABLE -> BatchPut.intoTable(this, missing, Record.NO_EXPIRY);
    }
    for (int i = 0; i < missing.count(); i++) {
      added(missing.element(i), Record.NO_EXPIRY);
    }
    return size() - before;
  }

  /// Adds numbers to a copy of the set, which then takes its place.
  private void addNumbers(ElementBatch batch) {
    int count = record == Record.NONE ? 0 : IntSet.count(record);
    int width = record == Record.NONE ? Short.BYTES : IntSet.width(record);
    for (int i = 0; i < batch.count(); i++) {
      width = Math.max(width, IntSet.widthOf(Decimal.parse(batch.element(i))));
    }
    long target = BatchPut.create(this, IntSet.size(width, count + batch.count()));
    Record.numbers(target, true);
    if (record == Record.NONE) {
      IntSet.clear(target, width);
    } else {
      IntSet.copy(target, record);
    }
    for (int i = 0; i < batch.count(); i++) {
      long number = Decimal.parse(batch.element(i));
      int index = IntSet.find(target, number);
      if (index < 0) {
        IntSet.insert(target, target, -index - 1, number);
      }
    }
    BatchPut.become(this, target, IntSet.size(IntSet.width(target), IntSet.count(target)));
  }

  /// Adds members to a copy of the list, which then takes its place.
  private void addAllPacked(ElementBatch batch) {
    if (record != Record.NONE && Record.numbers(record)) {
      numbersToPacked();
    }
    PackedEntries entries = records.packed.entries();
    long target = BatchPut.copyPacked(this, batch);
    for (int i = 0; i < batch.count(); i++) {
      PackedEntries needle = entries.clear().add(batch.element(i));
      if (Packed.find(target, Packed.first(target), needle, 1) == Packed.NONE) {
        Packed.edit(target, target, Packed.end(target), 0, 0, needle);
      }
    }
    BatchPut.become(this, target, Packed.size(target));
  }

  /// Shows the members that all of some other sets have, as long as more are wanted; whether they
  /// were to the end.
  public boolean forEachInAll(SetView[] others, MemberPredicate visitor) {
    records.brevity.weigh(size());
    return new MemberProbe(this, others, others.length, true, visitor).run();
  }

  /// Shows the members that none of the first `count` of other sets has, as long as more are
  /// wanted; whether they were to the end.
  public boolean forEachInNone(SetView[] others, int count, MemberPredicate visitor) {
    records.brevity.weigh(size());
    return new MemberProbe(this, others, count, false, visitor).run();
  }

  /// Whether it is held as numbers.
  boolean hasNumbers() {
    return record != Record.NONE && Record.numbers(record);
  }

  /// Takes out a member chosen at random, each with the same chance, and returns it; there is one.
  /// What is returned is good until the transaction ends.
  public Bytes pop(RandomGenerator random) {
    ElementTable members = table;
    if (members != null) {
      long found = members.random(random);
      Bytes member = Record.key(found);
      removeFrom(members, members.hash(member), found);
      return member;
    }
    int index = random.nextInt(packedCount());
    if (Record.numbers(record)) {
      Bytes member = Decimal.of(IntSet.get(record, index));
      removePacked(index, member);
      return member;
    }
    int at = Packed.at(record, index);
    Bytes member = Packed.get(record, at).copy();
    removePacked(at, member);
    return member;
  }

  /// Takes out `count` different members chosen at random, of more, or, with a
  /// [io.karst.base.Fault], none; shows them, good until the transaction ends.
  public void popEach(RandomGenerator random, int count, Consumer<Bytes> visitor) {
    records.brevity.weigh(count);
    new SetPop(this, random, count).run(visitor);
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
    if (record != Record.NONE && Record.numbers(record)) {
      if (Decimal.LENGTH_MAX > encodings.setValueMax()) {
        return false;
      }
      numbersToPacked();
    }
    PackedEntries fresh = records.packed.entries().add(member);
    if (record == Record.NONE) {
      at(records.packed.create(database, key, ValueType.SET, fresh));
    } else {
      edit(Packed.end(record), 0, 0, fresh);
    }
    return true;
  }

  private void numbersToPacked() {
    PackedEntries entries = records.packed.entries();
    for (int i = 0, count = IntSet.count(record); i < count; i++) {
      entries.add(IntSet.get(record, i));
    }
    int size = Packed.EMPTY_SIZE + entries.size();
    long fresh = records.create(key, ValueType.SET, size, Record.expiry(record), record);
    Packed.clear(fresh);
    Packed.edit(fresh, fresh, Packed.end(fresh), 0, 0, entries);
    records.install(database, key, record, fresh);
    at(fresh);
  }

  @Override
  int packedCount() {
    return Record.numbers(record) ? IntSet.count(record) : Packed.count(record);
  }

  @Override
  int packedFind(Bytes member) {
    if (Record.numbers(record)) {
      return Decimal.isInt64(member) ? IntSet.find(record, Decimal.parse(member)) : Packed.NONE;
    }
    return position(member, 1);
  }

  @Override
  void removePackedAt(int at) {
    if (!Record.numbers(record)) {
      edit(at, Packed.size(record, at), 1, records.packed.entries());
      return;
    }
    long target = numbersOf(IntSet.size(IntSet.width(record), IntSet.count(record) - 1));
    IntSet.remove(target, record, at);
    become(target);
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

  @Override
  Bytes packedElement(int index) {
    if (Record.numbers(record)) {
      return Decimal.of(IntSet.get(record, index));
    }
    records.viewed();
    return Packed.get(record, Packed.at(record, index));
  }

  @Override
  void showPacked(int index, ElementVisitor visitor) {
    visitor.visit(packedElement(index), Bytes.EMPTY);
  }
}
