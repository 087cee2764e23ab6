package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.Encodings;
import io.karst.value.NodeLimit;
import io.karst.value.NodeList;
import io.karst.value.ValueType;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The list at a key, or none: elements in an order, by their indices from 0.
///
/// *Forms.* While it is small the elements are packed into the record of the key; beyond
/// [Encodings#listNodeLimit] they are a [NodeList]. One that has shrunk to half of the limit is
/// packed again, as in Redis 7.2 and later.
///
/// Good for one command, within its transaction; others' changes to the key are not seen. Every
/// change either happens whole or, with a [Fault], not at all. The key goes with its last element.
/// Indices that are given are of elements that are there.
public final class ListView {
  /// What an element takes in an effect besides its bytes, at most.
  private static final int ELEMENT_OVERHEAD = 5;

  private final Records records;
  private final Encodings encodings;
  private final int database;
  private final Key key;

  /// The record of the key, or NONE.
  private long record;

  /// The elements, if they are not packed.
  private @Nullable NodeList nodes;

  /// - `found`: the record of the key, of any type, or NONE.
  ListView(Records records, Encodings encodings, int database, Key key, long found) {
    this.records = records;
    this.encodings = encodings;
    this.database = database;
    this.key = key;
    at(TypeCheck.ofType(found, ValueType.LIST));
  }

  // ---- reads ----

  public boolean exists() {
    return record != Record.NONE;
  }

  /// The number of elements, 0 if there is no key.
  public int size() {
    if (record == Record.NONE) {
      return 0;
    }
    NodeList list = nodes;
    return list == null ? Packed.count(record) : list.count();
  }

  /// A view of an element.
  public Bytes get(int index) {
    records.viewed();
    return cursor(index, true).element();
  }

  /// A copy of an element.
  public Bytes copy(int index) {
    return cursor(index, true).element().copy();
  }

  /// The index of the first element that equals one, or -1.
  public int indexOf(Bytes element) {
    int[] found = {-1};
    find(
        element,
        true,
        Long.MAX_VALUE,
        index -> {
          found[0] = index;
          return false;
        });
    return found[0];
  }

  /// Shows `count` elements from an index on, towards the tail or towards the head. What is shown
  /// is good during the call only, and the visitor changes nothing.
  public void forEach(int index, int count, boolean forwards, Consumer<Bytes> visitor) {
    records.brevity.weigh(count);
    listing(index, count, forwards).forEach(visitor);
  }

  /// `count` elements from an index on, for a reply.
  public ListListing listing(int index, int count, boolean forwards) {
    return new ListListing(record, nodes, index, count, forwards);
  }

  /// Looks for elements that equal one, from the head or from the tail on, and tells their indices
  /// until `found` answers false.
  ///
  /// - `max`: how many elements to look at.
  public void find(Bytes element, boolean forwards, long max, IntPredicate found) {
    if (record == Record.NONE) {
      return;
    }
    records.brevity.weigh(Math.min(max, size()));
    Matches matches = records.nodes.matches(element);
    int index = forwards ? 0 : size() - 1;
    ListCursor cursor = cursor(index, forwards);
    for (long left = max; left > 0 && cursor.valid(); left--) {
      if (cursor.matches(matches) && !found.test(index)) {
        return;
      }
      cursor.advance();
      index += forwards ? 1 : -1;
    }
  }

  private ListCursor cursor(int index, boolean forwards) {
    return new ListCursor(record, nodes, index, forwards);
  }

  // ---- adding ----

  /// Adds elements at an end one after the other, so that the last is the outermost; makes the list
  /// if there is none.
  ///
  /// - `elements`: at least one.
  public void push(boolean atHead, List<Bytes> elements) {
    checkRoom(elements.size());
    records.reserve(key.bytes().length() + size(elements));
    records.events.act(KeyEvent.push(atHead));
    add(atHead, elements);
    pushed(atHead, elements);
  }

  private void add(boolean atHead, List<Bytes> elements) {
    NodeList list = nodes;
    if (list != null) {
      records.nodes.push(list, limit(), atHead, elements);
      changed();
    } else if (packs(bytes(elements), elements.size())) {
      addPacked(atHead, elements);
    } else {
      toNodes(atHead, elements);
    }
  }

  private void addPacked(boolean atHead, List<Bytes> elements) {
    PackedEntries fresh = records.packed.entries();
    int count = elements.size();
    for (int i = 0; i < count; i++) {
      fresh.add(elements.get(atHead ? count - 1 - i : i));
    }
    if (record == Record.NONE) {
      at(records.packed.create(database, key, ValueType.LIST, fresh));
    } else {
      int where = atHead ? Packed.EMPTY_SIZE - 1 : Packed.end(record);
      edit(where, 0, 0, fresh);
    }
  }

  private void pushed(boolean atHead, List<Bytes> elements) {
    if (records.keepsEffects()) {
      elements.forEach(records::pin);
      records.effect(record, new Effect.Push(id(), key.bytes(), atHead, elements));
    }
  }

  /// Puts an element before the one at an index.
  public void insert(int index, Bytes element) {
    checkRoom(1);
    reserve(element);
    put(index, 0, element);
    if (records.keepsEffects()) {
      records.pin(element);
      records.effect(record, new Effect.InsertAt(id(), key.bytes(), index, element));
    }
  }

  /// Puts an element in the place of the one at an index.
  public void set(int index, Bytes element) {
    reserve(element);
    put(index, 1, element);
    if (records.keepsEffects()) {
      records.pin(element);
      records.effect(record, new Effect.SetAt(id(), key.bytes(), index, element));
    }
  }

  private void put(int index, int removed, Bytes element) {
    NodeList list = nodes;
    if (list == null && packs(element.length(), 1)) {
      int where = NodeEditor.position(record, index, Packed.count(record));
      int size = removed == 0 ? 0 : Packed.size(record, where);
      edit(where, size, removed, records.packed.entries().add(element));
      return;
    }
    if (list == null) {
      list = toNodes();
    }
    records.nodes.put(list, limit(), index, removed, element);
    changed();
    pack();
  }

  // ---- taking out ----

  /// Takes the first or the last element out, and returns a copy.
  public Bytes pop(boolean atHead) {
    Bytes element = copy(atHead ? 0 : size() - 1);
    drop(atHead, 1);
    return element;
  }

  /// Takes elements out at an end, at most all.
  public void drop(boolean atHead, int count) {
    records.events.act(KeyEvent.pop(atHead));
    if (count == size()) {
      removeAll();
      return;
    }
    records.reserve(key.bytes().length());
    int from = atHead ? 0 : size() - count;
    own(from, count);
    cut(from, count);
    pack();
    dropped(atHead, count);
  }

  /// Takes out all elements but `count` from an index on.
  public void keep(int index, int count) {
    int behind = size() - index - count;
    if (count == 0) {
      removeAll();
      return;
    }
    records.reserve(2L * key.bytes().length() + RoomAhead.EFFECT_OVERHEAD);
    if (behind > 0) {
      own(index + count, behind);
    }
    if (index > 0) {
      own(0, index);
    }
    if (behind > 0) {
      cut(index + count, behind);
      dropped(false, behind);
    }
    if (index > 0) {
      cut(0, index);
      dropped(true, index);
    }
    pack();
  }

  private void dropped(boolean atHead, int count) {
    if (records.keepsEffects()) {
      records.effect(record, new Effect.Pop(id(), key.bytes(), atHead, count));
    }
  }

  /// Takes out elements that equal one, up to `max` of them from the head or from the tail; returns
  /// how many that were.
  public int removeEqual(boolean fromHead, int max, Bytes element) {
    records.brevity.weigh(size());
    reserve(element);
    NodeList list = nodes;
    int removed =
        list == null
            ? removePacked(fromHead, max, element)
            : records.nodes.removeEqual(list, limit(), fromHead, max, element);
    if (removed == 0) {
      return 0;
    }
    if (list != null && list.count() == 0) {
      records.removals.removeReserved(database, key, record);
      at(Record.NONE);
    } else if (record != Record.NONE) {
      if (list != null) {
        changed();
        pack();
      }
      if (records.keepsEffects()) {
        records.pin(element);
        records.effect(record, new Effect.RemoveEqual(id(), key.bytes(), fromHead, max, element));
      }
    }
    return removed;
  }

  private int removePacked(boolean fromHead, int max, Bytes element) {
    Matches matches = records.nodes.matches(element);
    int count = Packed.count(record);
    int found = matches.count(record);
    int removed = Math.min(found, max);
    if (removed == count) {
      records.removals.removeReserved(database, key, record);
      at(Record.NONE);
    } else if (removed > 0) {
      PackedEntries kept = matches.without(record, fromHead ? 0 : found - removed, removed);
      int first = Packed.first(record);
      edit(first, Packed.end(record) - first, count, kept);
    }
    return removed;
  }

  /// Removes the key.
  public void removeAll() {
    records.removals.remove(database, key, record);
    at(Record.NONE);
  }

  // ---- moving ----

  /// Moves elements from an end of this list to an end of another, or of this: the first is taken
  /// first. What is added is in the order given.
  ///
  /// - `target`: this object, if it is the same key.
  /// - `elements`: copies of the `elements.size()` first or last ones, in the order in which they
  ///   are pushed.
  public void move(boolean fromHead, ListView target, boolean toHead, List<Bytes> elements) {
    target.checkRoom(elements.size());
    long lengths = (long) key.bytes().length() + target.key.bytes().length();
    records.reserve(lengths + size(elements) + RoomAhead.EFFECT_OVERHEAD);
    int count = elements.size();
    boolean all = count == size() && target != this;
    if (target == this && fromHead == toHead) {
      records.events.act(KeyEvent.push(toHead));
      replaceEnd(fromHead, elements);
      return;
    }
    if (!all) {
      own(fromHead ? 0 : size() - count, count);
    }
    records.events.act(KeyEvent.push(toHead));
    target.add(toHead, elements);
    target.pushed(toHead, elements);
    records.events.act(KeyEvent.pop(fromHead));
    if (all) {
      records.removals.removeReserved(database, key, record);
      at(Record.NONE);
    } else {
      cut(fromHead ? 0 : size() - count, count);
      pack();
      dropped(fromHead, count);
    }
  }

  /// Puts elements in the place of as many at the end they are of.
  private void replaceEnd(boolean atHead, List<Bytes> elements) {
    int count = elements.size();
    int size = size();
    own(atHead ? 0 : size - count, count);
    add(atHead, elements);
    cut(atHead ? count : size - count, count);
    pack();
    dropped(atHead, count);
    pushed(atHead, elements);
  }

  // ---- forms ----

  private void at(long newRecord) {
    record = newRecord;
    nodes =
        newRecord == Record.NONE || !Record.isObject(newRecord)
            ? null
            : records.large().list(newRecord);
  }

  private NodeLimit limit() {
    return encodings.listNodeLimit();
  }

  /// Whether a packed list, or none, stays one with so many more bytes and elements: reckoned as
  /// Redis does, by the length of the strings, and whatever goes in exchange.
  private boolean packs(long addedBytes, int added) {
    int size = record == Record.NONE ? Packed.EMPTY_SIZE : Packed.size(record);
    return limit().fits(size + addedBytes, (long) size() + added);
  }

  /// The elements as nodes, which they become if they are packed, or none at all; with others
  /// added.
  ///
  /// - throws [Fault.OutOfMemory]; nothing has changed then.
  private NodeList toNodes(boolean atHead, List<Bytes> added) {
    NodeList fresh = new NodeList();
    try {
      if (record != Record.NONE) {
        int size = Packed.size(record);
        long node = NodeList.newNode(records.magazine(), size);
        Record.writeFrom(node, record, size);
        fresh.add(0, node, Packed.count(record));
      }
      if (!added.isEmpty()) {
        records.nodes.push(fresh, limit(), atHead, added);
      }
      at(records.large().install(database, key, ValueType.LIST, record, fresh, Long.MAX_VALUE));
    } catch (Fault.OutOfMemory full) {
      fresh.free(records.magazine());
      throw full;
    }
    return fresh;
  }

  /// Packs a list of one small node into the record of the key, if there is the memory.
  private void pack() {
    NodeList list = nodes;
    if (list == null || list.nodes() > 1 || NodeList.isPlain(list.node(0))) {
      return;
    }
    long node = list.node(0);
    int size = Packed.size(node);
    if (!limit().half().fits(size, list.count())) {
      return;
    }
    try {
      long fresh = records.create(key, ValueType.LIST, size, Record.expiry(record), record);
      Record.writeFrom(fresh, node, size);
      records.reform(() -> records.install(database, key, record, fresh));
      at(fresh);
    } catch (Fault.OutOfMemory full) {
      // It stays as it is.
    }
  }

  private void edit(int at, int removed, int removedCount, PackedEntries fresh) {
    at(records.packed.edit(database, key, record, at, removed, removedCount, fresh));
  }

  /// Sees to it that taking elements out takes no memory.
  private void own(int from, int count) {
    NodeList list = nodes;
    if (list == null) {
      at(records.packed.own(database, key, record));
    } else {
      records.nodes.own(list, from, count);
    }
  }

  private void cut(int from, int count) {
    NodeList list = nodes;
    if (list == null) {
      int size = Packed.count(record);
      int at = NodeEditor.position(record, from, size);
      int removed = NodeEditor.position(record, from + count, size) - at;
      at(records.packed.cut(database, key, record, at, removed, count));
    } else {
      records.nodes.cut(list, from, count);
      changed();
    }
  }

  /// The elements as nodes, which they become; the same list.
  private NodeList toNodes() {
    NodeList[] made = new NodeList[1];
    records.reform(() -> made[0] = toNodes(false, List.of()));
    return made[0];
  }

  private void changed() {
    records.accesses.wrote(record);
    records.dirty(database, key, record);
  }

  // ---- history ----

  private int id() {
    return records.id(database);
  }

  private void reserve(Bytes element) {
    records.reserve((long) key.bytes().length() + element.length());
  }

  private static long bytes(List<Bytes> elements) {
    long size = 0;
    for (int i = 0; i < elements.size(); i++) {
      size += elements.get(i).length();
    }
    return size;
  }

  private static long size(List<Bytes> elements) {
    return bytes(elements) + (long) ELEMENT_OVERHEAD * elements.size();
  }

  private void checkRoom(int more) {
    if (size() > Integer.MAX_VALUE - more) {
      throw CommandException.err("a list has at most 2147483647 elements");
    }
  }
}
