package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.Magazine;
import io.karst.memory.Packed;
import io.karst.memory.PackedEntries;
import io.karst.memory.Record;
import java.util.List;

/// The layout of a node of a [StreamLog]: a record without a key whose value is a [Packed] list of
/// entries, as [StreamNodeReader] describes it. The *position* of an entry is that of its flags.
///
/// Without state. Under the lock of the key's slot.
final class StreamNode {
  /// The elements of an entry before its fields: flags, and what is added to the base.
  private static final int ENTRY_HEAD = 3;

  /// The elements before the fields of the head.
  private static final int FIELDS_AT = 3;

  private StreamNode() {}

  /// Makes a node of a list.
  ///
  /// - `capacity`: for how many bytes it has room, at least those of the list.
  /// - throws [io.karst.base.Fault.OutOfMemory].
  static long create(Magazine magazine, PackedEntries list, int capacity) {
    long node = create(magazine, capacity);
    Packed.clear(node);
    Packed.edit(node, node, Packed.end(node), 0, 0, list);
    return node;
  }

  /// Makes a node whose content is undefined.
  static long create(Magazine magazine, int capacity) {
    int type = ValueType.STREAM.code();
    return Record.create(magazine, Bytes.EMPTY, type, capacity, Record.NO_EXPIRY, 0);
  }

  /// The number of entries that are not deleted.
  static int count(long node) {
    return (int) Packed.number(node, Packed.first(node));
  }

  /// The number of entries that are.
  static int deleted(long node) {
    return (int) Packed.number(node, Packed.next(node, Packed.first(node)));
  }

  /// The position of the first entry, deleted perhaps.
  static int firstEntry(long node) {
    int at = Packed.at(node, FIELDS_AT - 1);
    long fields = Packed.number(node, at);
    for (long i = 0; i <= fields; i++) {
      at = Packed.next(node, at);
    }
    return Packed.next(node, at);
  }

  /// The position of the entry before a position, which may be the [Packed#end]; [Packed#NONE] if
  /// there is none.
  static int entryBefore(long node, int position) {
    int at = Packed.previous(node, position);
    long elements = Packed.number(node, at);
    for (long i = 0; i < elements; i++) {
      at = Packed.previous(node, at);
    }
    return elements == 0 ? Packed.NONE : at; // The head ends with a 0.
  }

  /// The number of fields of the head.
  static int headFields(long node) {
    return (int) Packed.number(node, Packed.at(node, FIELDS_AT - 1));
  }

  /// The position of the first field of the head.
  static int headFieldsAt(long node) {
    return Packed.at(node, FIELDS_AT);
  }

  /// Whether an entry's fields are those of the head.
  static boolean hasHeadFields(long node, List<Bytes> pairs) {
    int count = headFields(node);
    if (pairs.size() != 2 * count) {
      return false;
    }
    int at = headFieldsAt(node);
    for (int i = 0; i < count; i++) {
      if (!Packed.get(node, at).equals(pairs.get(2 * i))) {
        return false;
      }
      at = Packed.next(node, at);
    }
    return true;
  }

  /// Adds the head of a node whose first entry this is, and that entry.
  static void first(PackedEntries list, List<Bytes> pairs) {
    list.add(1).add(0).add(pairs.size() >>> 1);
    for (int i = 0; i < pairs.size(); i += 2) {
      list.add(pairs.get(i));
    }
    list.add(0);
    entry(list, StreamId.ZERO, StreamId.ZERO, pairs, true);
  }

  /// Adds an entry of a node with a base.
  ///
  /// - `same`: whether it has the fields of the head.
  static void entry(
      PackedEntries list, StreamId base, StreamId id, List<Bytes> pairs, boolean same) {
    list.add(same ? StreamNodeReader.SAME_FIELDS : 0);
    list.add(id.millis() - base.millis());
    list.add(id.sequence() - base.sequence());
    if (!same) {
      list.add(pairs.size() >>> 1);
    }
    for (int i = same ? 1 : 0; i < pairs.size(); i += same ? 2 : 1) {
      list.add(pairs.get(i));
    }
    list.add(ENTRY_HEAD + (same ? pairs.size() >>> 1 : pairs.size() + 1));
  }
}
