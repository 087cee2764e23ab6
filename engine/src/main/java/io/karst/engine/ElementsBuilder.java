package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.base.Fault;
import io.karst.keyspace.KeySlot;
import io.karst.memory.Hasher;
import io.karst.memory.IntSet;
import io.karst.memory.Magazine;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import io.karst.value.ElementTable;
import io.karst.value.Encodings;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a hash or a set of its elements, in the form that fits, outside of any table of keys.
///
/// The elements are kept on the heap, as they come, until they turn out to be too many or too long
/// to be packed. What was made has to be given to a key, or back with [#close]. Thread: its
/// owner's.
public final class ElementsBuilder implements ValueBuilder {
  /// Room is made for no more elements at once: a table takes as many and more.
  private static final int EXPECTED_MAX = 1 << 29;

  private final Magazine magazine;
  private final Engine engine;
  private final Hasher hasher;
  private final ValueType type;
  private final int entriesMax;
  private final int valueMax;
  private final int numbersMax;
  private final Set<Bytes> seen = new HashSet<>();

  /// Element and value by turns, or elements.
  private final List<Bytes> packable = new ArrayList<>();

  private int count;
  private boolean numbers = true;

  /// How many elements there is room to be made for at once, 0 if nobody knows.
  private int expected;

  private @Nullable ElementTable table;

  private ElementsBuilder(Engine engine, Magazine magazine, Bytes key, ValueType type) {
    Encodings encodings = engine.encodings();
    boolean fields = type == ValueType.HASH;
    this.magazine = magazine;
    this.engine = engine;
    this.hasher = engine.keyspace().hasher().of(key);
    this.type = type;
    this.entriesMax = fields ? encodings.hashEntriesMax() : encodings.setEntriesMax();
    this.valueMax = fields ? encodings.hashValueMax() : encodings.setValueMax();
    this.numbersMax = fields ? 0 : encodings.setNumbersMax();
  }

  /// - `key`: of what is made, whose order of elements a table has.
  static ElementsBuilder hash(Engine engine, Magazine magazine, Bytes key) {
    return new ElementsBuilder(engine, magazine, key, ValueType.HASH);
  }

  /// As [#hash].
  static ElementsBuilder set(Engine engine, Magazine magazine, Bytes key) {
    return new ElementsBuilder(engine, magazine, key, ValueType.SET);
  }

  @Override
  public int count() {
    return table == null ? count : table.count();
  }

  /// Makes room for so many elements, as soon as they are not packed. Those of a table of the same
  /// key come in the order of their hashes: in one that grows with them, all would crowd where its
  /// first entries are, and each addition would take time in their number.
  public void expect(int elements) {
    expected = Math.min(elements, EXPECTED_MAX);
  }

  /// Adds a member that stays; false if it is there already.
  ///
  /// - `member`: good until this is given to a key.
  /// - throws [io.karst.base.Fault.OutOfMemory]; then [#close] is all that may follow.
  public boolean add(Bytes member) {
    return add(member, Bytes.EMPTY, Record.NO_EXPIRY);
  }

  /// Whether an element is there.
  public boolean contains(Bytes element) {
    return table == null ? seen.contains(element) : table.find(element) != Record.NONE;
  }

  /// Adds an element; false if it is there already.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; then [#close] is all that may follow.
  boolean add(Bytes element, Bytes value, long expiryMillis) {
    if (table != null) {
      return add(table, element, value, expiryMillis);
    }
    if (!seen.add(element)) {
      return false;
    }
    count++;
    numbers = numbers && count <= numbersMax && Decimal.isInt64(element);
    boolean packs =
        expiryMillis == Record.NO_EXPIRY
            && (numbers
                || (count <= entriesMax
                    && element.length() <= valueMax
                    && value.length() <= valueMax));
    if (!packs) {
      ElementTable elements = toTable();
      return add(elements, element, value, expiryMillis);
    }
    packable.add(element);
    if (type == ValueType.HASH) {
      packable.add(value);
    }
    return true;
  }

  private ElementTable toTable() {
    ElementTable fresh = ElementTable.of(type, hasher);
    table = fresh;
    if (expected > 0) {
      fresh.ensureRoom(magazine, expected, false);
    }
    int stride = type == ValueType.HASH ? 2 : 1;
    for (int i = 0; i < packable.size(); i += stride) {
      Bytes value = stride == 2 ? packable.get(i + 1) : Bytes.EMPTY;
      add(fresh, packable.get(i), value, Record.NO_EXPIRY);
    }
    packable.clear();
    seen.clear();
    return fresh;
  }

  private boolean add(ElementTable elements, Bytes element, Bytes value, long expiryMillis) {
    long hash = elements.hash(element);
    if (elements.find(hash, element) != Record.NONE) {
      return false;
    }
    long record = Record.create(magazine, element, type.code(), value.length(), expiryMillis, 0);
    Record.write(record, 0, value);
    try {
      elements.add(magazine, hash, record);
    } catch (Fault.OutOfMemory full) {
      Record.free(magazine, record);
      throw full;
    }
    return true;
  }

  @Override
  public long finish(Bytes key, long expiryMillis, int access) {
    ElementTable elements = table;
    if (elements != null) {
      long record = create(key, Record.OBJECT_SIZE, expiryMillis, access);
      Record.object(
          record, engine.values().add(elements, KeySlot.of(key)), elements.earliestExpiry());
      table = null;
      return record;
    }
    return numbers ? numbers(key, expiryMillis, access) : packed(key, expiryMillis, access);
  }

  @Override
  public void close() {
    if (table != null) {
      table.free(magazine);
      table = null;
    }
  }

  private long numbers(Bytes key, long expiryMillis, int access) {
    int width = Short.BYTES;
    for (Bytes number : packable) {
      width = Math.max(width, IntSet.widthOf(Decimal.parse(number)));
    }
    long record = create(key, IntSet.size(width, count), expiryMillis, access);
    Record.numbers(record, true);
    IntSet.clear(record, width);
    for (Bytes each : packable) {
      long number = Decimal.parse(each);
      IntSet.insert(record, record, -IntSet.find(record, number) - 1, number);
    }
    return record;
  }

  private long packed(Bytes key, long expiryMillis, int access) {
    PackedEntries entries = new PackedEntries();
    packable.forEach(entries::add);
    long record = create(key, Packed.EMPTY_SIZE + entries.size(), expiryMillis, access);
    Packed.clear(record);
    Packed.edit(record, record, Packed.end(record), 0, 0, entries);
    return record;
  }

  private long create(Bytes key, int valueLength, long expiryMillis, int access) {
    return Record.create(magazine, key, type.code(), valueLength, expiryMillis, access);
  }
}
