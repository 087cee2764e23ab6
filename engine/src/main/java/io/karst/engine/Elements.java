package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.ValueType;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The elements of a collection at a key, each there once: what hashes, sets and sorted
/// sets have in common.
///
/// *Forms.* While it is small, the elements are packed into the record of the key and looked for
/// one by one; beyond the thresholds of [io.karst.value.Encodings], and once an element expires,
/// they are an [ElementTable]. A collection never becomes small again, as in Redis.
///
/// *Expiry.* What is due of it is removed when the collection is asked for; if the disk takes no
/// changes it stays, unseen.
///
/// Good for one command, within its transaction; others' changes to the key are not seen. Every
/// change either happens whole or, with a [Fault], not at all. The key goes with its last element.
public abstract sealed class Elements permits HashView, SetView, SortedSetView {
  final Records records;
  final int database;
  final Key key;
  final ValueType type;

  /// The record of the key, or NONE.
  long record;

  /// The elements, if they are not packed.
  @Nullable ElementTable table;

  /// Elements of the table that nobody is to see; null if there are none.
  @Nullable HiddenElements hidden;

  /// - `found`: the record of the key, of any type, or NONE.
  Elements(Records records, int database, Key key, ValueType type, long found) {
    this.records = records;
    this.database = database;
    this.key = key;
    this.type = type;
    at(TypeCheck.ofType(found, type));
    if (table != null && Record.elementExpiry(record) <= records.now()) {
      new DueElements(this).remove();
    }
  }

  public final boolean exists() {
    return record != Record.NONE;
  }

  /// The number of elements, 0 if there is no key.
  public final int size() {
    if (record == Record.NONE) {
      return 0;
    }
    int unseen = hidden == null ? 0 : hidden.count();
    return table == null ? packedCount() : table.count() - unseen;
  }

  /// Whether it has an element.
  public final boolean contains(Bytes element) {
    if (record == Record.NONE) {
      return false;
    }
    return table == null ? packedFind(element) >= 0 : find(table, element) != Record.NONE;
  }

  /// Takes an element out; whether it was there.
  public final boolean remove(Bytes element) {
    if (record == Record.NONE) {
      return false;
    }
    ElementTable elements = table;
    if (elements == null) {
      int at = packedFind(element);
      return at >= 0 && removePacked(at, element);
    }
    long hash = elements.hash(element);
    long found = find(elements, hash, element);
    if (found == Record.NONE) {
      return false;
    }
    removeFrom(elements, hash, found);
    return true;
  }

  /// Takes out what stands at a place of the packed form.
  final boolean removePacked(int at, Bytes element) {
    if (packedCount() == 1) {
      removeAll();
      return true;
    }
    reserve(element);
    removePackedAt(at);
    removed(element);
    return true;
  }

  /// Takes out the element of a record, which is readable until the transaction ends.
  final void removeFrom(ElementTable elements, long hash, long found) {
    if (elements.count() == 1) {
      removeAll();
      return;
    }
    Bytes element = Record.key(found);
    reserve(element);
    take(elements, hash, found);
    removed(element);
  }

  /// As [#removeFrom], of one that is not the last, without an effect.
  final void take(ElementTable elements, long hash, long found) {
    elements.remove(records.magazine(), hash, found);
    records.retire(found);
    records.dirty(database, key, record);
  }

  /// Makes the effect that an element is gone.
  final void removed(Bytes element) {
    if (records.keepsEffects()) {
      records.effect(record, new Effect.RemoveElement(id(), key.bytes(), element));
    }
  }

  /// Removes the key.
  public final void removeAll() {
    records.removals.remove(database, key, record);
    at(Record.NONE);
  }

  /// Takes the elements of a batch out; returns how many were there.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly]; nothing has changed then.
  public final int removeEach(ElementBatch batch) {
    reserve(batch);
    int removed = 0;
    for (int i = 0; i < batch.count(); i++) {
      removed += remove(batch.element(i)) ? 1 : 0;
    }
    return removed;
  }

  /// Makes sure that the history takes a change of each of these elements, so that none of them
  /// fails for want of that.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly].
  public final void reserve(ElementBatch batch) {
    long size = 0;
    int count = batch.count();
    for (int i = 0; i < count; i++) {
      size += key.bytes().length() + batch.element(i).length() + (long) batch.value(i).length();
    }
    records.reserveAll(count, size);
  }

  final void reserve(Bytes element) {
    records.reserve((long) key.bytes().length() + element.length());
  }

  // ---- expiry, as it is asked for ----

  /// When an element expires, in milliseconds since 1970; [Record#NO_EXPIRY], or [Record#ABSENT] if
  /// there is no such element.
  public final long expiry(Bytes element) {
    if (table == null) {
      return contains(element) ? Record.NO_EXPIRY : Record.ABSENT;
    }
    long found = find(table, element);
    return found == Record.NONE ? Record.ABSENT : Record.expiry(found);
  }

  /// Lets an element that is there expire, or stay with [Record#NO_EXPIRY]; at a time that is not
  /// after now it is removed.
  public final void expire(Bytes element, long atMillis) {
    expire(element, atMillis, Record.NONE);
  }

  /// As [#expire(Bytes, long)]; whether it took the record it was offered.
  ///
  /// - `offered`: a copy of the element's record that has the expiry, if one is at hand, or NONE.
  final boolean expire(Bytes element, long atMillis, long offered) {
    records.events.act(ElementExpiry.event(this, atMillis));
    if (atMillis >= 0 && atMillis <= records.now()) {
      remove(element);
      return false;
    }
    if (table == null && atMillis == Record.NO_EXPIRY) {
      return false;
    }
    reserve(element);
    ElementTable elements = toTable();
    expiresFrom(atMillis);
    long found = find(elements, element);
    boolean takes = atMillis == Record.NO_EXPIRY ? Record.expires(found) : !Record.expires(found);
    if (takes && offered != Record.NONE) {
      replace(elements, found, offered);
    } else if (takes) {
      replace(elements, found, Record.withExpiry(records.magazine(), found, atMillis));
    } else if (atMillis != Record.NO_EXPIRY) {
      elements.expiry(records.magazine(), found, atMillis);
    }
    changed();
    if (records.keepsEffects()) {
      records.effect(record, new Effect.ExpireElement(id(), key.bytes(), element, atMillis));
    }
    return takes && offered != Record.NONE;
  }

  /// Prepares that elements of a batch expire at a time, or stay with [Record#NO_EXPIRY]; see
  /// [ElementExpiry].
  public final ElementExpiry expiring(ElementBatch batch, long atMillis) {
    return new ElementExpiry(this, batch, atMillis);
  }

  /// Notes that so many of them are about to be looked at.
  ///
  /// - throws [LongWorkException] if the command was asked to be brief and they are too many.
  public final void weigh(long elements) {
    records.brevity.weigh(elements);
  }

  /// Whether any element expires.
  public final boolean expires() {
    return table != null && table.expires();
  }

  /// Notes that an element is about to expire at a time, which may be none.
  ///
  /// - throws [Fault.OutOfMemory]; no element has changed then.
  final void expiresFrom(long expiryMillis) {
    if (expiryMillis >= 0 && expiryMillis < Record.elementExpiry(record)) {
      records.large().elementExpiry(database, key, record, expiryMillis);
    }
  }

  // ---- all of them ----

  /// Shows elements from a cursor on, about `count`, and returns the cursor to go on with, 0 at the
  /// end. What is there from the first call to the last is shown, whatever becomes of it meanwhile.
  public final long scan(long cursor, int count, ElementVisitor visitor) {
    records.brevity.weigh(Math.min(count, size()));
    if (table == null) {
      forEach(visitor);
      return 0;
    }
    return table.scan(cursor, count, each -> show(each, visitor));
  }

  /// All of them, for a reply.
  public final Listing listing() {
    return new Listing(this);
  }

  /// Shows all elements. The visitor changes nothing.
  ///
  /// - throws [LongWorkException].
  public final void forEach(ElementVisitor visitor) {
    records.brevity.weigh(size());
    forEachSeen(visitor);
  }

  final void forEachSeen(ElementVisitor visitor) {
    if (table != null) {
      table.forEach(each -> show(each, visitor));
    } else if (record != Record.NONE) {
      forEachPacked(visitor);
    }
  }

  /// Shows elements as long as `visitor` says that it wants more; whether it did to the end. It
  /// changes nothing.
  public final boolean forEachWhile(ElementPredicate visitor) {
    records.brevity.weigh(size());
    if (table != null) {
      records.viewed();
      long now = records.now();
      return table.forEachWhile(
          each -> Record.due(each, now) || visitor.wantsMore(Record.key(each), Record.value(each)));
    }
    Wanting wanting = new Wanting(visitor);
    forEach(wanting);
    return wanting.wants;
  }

  /// Passes elements on until no more are wanted.
  private static final class Wanting implements ElementVisitor {
    private final ElementPredicate visitor;
    private boolean wants = true;

    Wanting(ElementPredicate visitor) {
      this.visitor = visitor;
    }

    @Override
    public void visit(Bytes element, Bytes value) {
      wants = wants && visitor.wantsMore(element, value);
    }
  }

  /// A view of an element chosen at random, each with the same chance; there is one.
  public final Bytes random(RandomGenerator random) {
    records.viewed();
    return table == null
        ? packedElement(random.nextInt(packedCount()))
        : Record.key(ElementSample.one(this, table, random));
  }

  /// Shows `count` different elements, each as likely as any other, in no order; at most all.
  public final void sample(RandomGenerator random, int count, ElementVisitor visitor) {
    records.brevity.weigh(Math.min(count, size()));
    ElementSample.distinct(this, random, count, visitor);
  }

  /// Shows `count` elements, each drawn from all of them, so that one may be shown again; there is
  /// one at least.
  public final void draw(RandomGenerator random, long count, ElementVisitor visitor) {
    records.brevity.weigh(count);
    ElementSample.repeated(this, random, count, visitor);
  }

  final void show(long each, ElementVisitor visitor) {
    if (!Record.due(each, records.now())) {
      records.viewed();
      visitor.visit(Record.key(each), Record.value(each));
    }
  }

  // ---- what a packed form has to say ----

  abstract int packedCount();

  /// Where an element stands, negative if it does not.
  abstract int packedFind(Bytes element);

  abstract void removePackedAt(int at);

  abstract void forEachPacked(ElementVisitor visitor);

  /// The element at an index from 0; a view.
  abstract Bytes packedElement(int index);

  /// Shows the element at an index from 0.
  abstract void showPacked(int index, ElementVisitor visitor);

  // ---- for the types ----

  final int id() {
    return records.id(database);
  }

  final void at(long newRecord) {
    record = newRecord;
    table =
        newRecord == Record.NONE || !Record.isObject(newRecord)
            ? null
            : records.large().table(newRecord);
  }

  /// The position of an element in a packed list of which every `stride`-th entry is one.
  final int position(Bytes element, int stride) {
    PackedEntries needle = records.packed.entries().add(element);
    return Packed.find(record, Packed.first(record), needle, stride);
  }

  /// Edits the packed list; see [PackedEditor#edit].
  final void edit(int at, int removed, int removedCount, PackedEntries fresh) {
    at(records.packed.edit(database, key, record, at, removed, removedCount, fresh));
  }

  /// The record of an element that is not due, or NONE.
  final long find(ElementTable elements, Bytes element) {
    return find(elements, elements.hash(element), element);
  }

  final long find(ElementTable elements, long hash, Bytes element) {
    long found = elements.find(hash, element);
    return found == Record.NONE || Record.due(found, records.now()) ? Record.NONE : found;
  }

  /// The elements as a table, which they become if they are packed, or none at all.
  ///
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  final ElementTable toTable() {
    ElementTable now = table;
    if (now != null) {
      return now;
    }
    ElementTable fresh = records.large().newTable(type, key);
    try {
      copyTo(fresh);
      install(fresh, Record.NO_EXPIRY);
    } catch (Fault.OutOfMemory full) {
      fresh.free(records.magazine());
      throw full;
    }
    return fresh;
  }

  /// Adds copies of the elements, which are packed, to a table.
  ///
  /// - throws [Fault.OutOfMemory]; what was added stays.
  final void copyTo(ElementTable fresh) {
    forEach((element, value) -> {
      long copy = element(element, value, Record.NO_EXPIRY);
      try {
        fresh.add(records.magazine(), copy);
      } catch (Fault.OutOfMemory full) {
        Record.free(records.magazine(), copy);
        throw full;
      }
    });
  }

  /// Puts a table in the place of what is there.
  ///
  /// - `expiryMillis`: when the first of its elements expires, or will, or [Record#NO_EXPIRY].
  /// - throws [Fault.OutOfMemory]; nothing has changed then, and the table is the caller's.
  final void install(ElementTable fresh, long expiryMillis) {
    long earliest = expiryMillis < 0 ? Long.MAX_VALUE : expiryMillis;
    at(records.large().install(database, key, type, record, fresh, earliest));
  }

  /// Puts an element into the table; whether it is a new one.
  ///
  /// - `hash`: that of the element; `old`: its record, or NONE.
  /// - `expiryMillis`: since 1970, [Record#NO_EXPIRY] or [Tx#KEEP_EXPIRY].
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  final boolean put(
      ElementTable elements, long hash, long old, Bytes element, Bytes value, long expiryMillis) {
    boolean isNew = old == Record.NONE || Record.due(old, records.now());
    long expiry = expiryMillis;
    if (expiry == Tx.KEEP_EXPIRY) {
      expiry = isNew ? Record.NO_EXPIRY : Record.expiry(old);
    }
    expiresFrom(expiry);
    if (old == Record.NONE) {
      long fresh = element(element, value, expiry);
      try {
        elements.add(records.magazine(), hash, fresh);
      } catch (Fault.OutOfMemory full) {
        Record.free(records.magazine(), fresh);
        throw full;
      }
    } else if (!overwrite(elements, old, value, expiry)) {
      replace(elements, old, element(element, value, expiry));
    }
    changed();
    return isNew;
  }

  private boolean overwrite(ElementTable elements, long old, Bytes value, long expiryMillis) {
    boolean expires = expiryMillis != Record.NO_EXPIRY;
    long before = Record.blockSize(old);
    if (!records.mayOverwrite()
        || !Record.resize(records.magazine(), old, value.length(), expires)) {
      return false;
    }
    Record.write(old, 0, value);
    elements.resized(Record.blockSize(old) - before);
    if (expires) {
      elements.expiry(records.magazine(), old, expiryMillis);
    }
    return true;
  }

  /// Puts a record in the place of another of the same element.
  ///
  /// - throws [Fault.OutOfMemory]; `fresh` is freed, and nothing has changed then.
  final void replace(ElementTable elements, long old, long fresh) {
    try {
      elements.replace(records.magazine(), old, fresh);
    } catch (Fault.OutOfMemory full) {
      Record.free(records.magazine(), fresh);
      throw full;
    }
    records.retire(old);
  }

  /// A record for an element.
  final long element(Bytes element, Bytes value, long expiryMillis) {
    long fresh =
        Record.create(records.magazine(), element, type.code(), value.length(), expiryMillis, 0);
    Record.write(fresh, 0, value);
    return fresh;
  }

  /// Notes that the table has changed.
  final void changed() {
    records.accesses.wrote(record);
    records.dirty(database, key, record);
  }
}
