package io.karst.value;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Reads the nodes of a stream: entries in a [Listpack], with the id of the first one beside it,
/// the *base*.
///
/// ```
/// head     count of entries, count of deleted ones, count of fields, the fields, 0
/// entry    flags: 1 deleted, 2 the fields are those of the head;
///          milliseconds and sequence, less those of the base, modulo 2^64;
///          with flag 2: the values; without: count of fields, field and value in turn;
///          how many elements of the listpack that were, from the flags on
/// ```
///
/// Ids ascend from entry to entry, deleted ones included, and from node to node.
final class StreamNodeReader {
  static final int DELETED = 1;
  static final int SAME_FIELDS = 2;

  private final StreamSink sink;
  private final List<Bytes> headFields = new ArrayList<>();
  private final List<Bytes> pairs = new ArrayList<>();
  private boolean any;
  private StreamId lastSeen = StreamId.ZERO;
  private StreamId firstId = StreamId.ZERO;
  private StreamId lastId = StreamId.ZERO;
  private long entries;

  StreamNodeReader(StreamSink sink) {
    this.sink = sink;
  }

  /// The number of entries that are not deleted, in all nodes so far.
  long entries() {
    return entries;
  }

  /// The id of the first of them; [StreamId#ZERO] if there is none.
  StreamId firstId() {
    return firstId;
  }

  /// The id of the last of them; [StreamId#ZERO] if there is none.
  StreamId lastId() {
    return lastId;
  }

  /// Reads the next node.
  ///
  /// - `in`: has its listpack at hand and nothing behind it.
  void read(RdbReader in, StreamId base) {
    ListpackReader elements = new ListpackReader(in);
    long declared = count(in, elements);
    long declaredDeleted = count(in, elements);
    long before = entries;
    long deleted = 0;
    readHeadFields(in, elements);
    while (elements.next()) {
      if (readEntry(in, elements, base)) {
        entries++;
      } else {
        deleted++;
      }
    }
    if (entries - before != declared || deleted != declaredDeleted || declared + deleted == 0) {
      throw in.malformed("a stream node with a wrong count");
    }
  }

  private void readHeadFields(RdbReader in, ListpackReader elements) {
    headFields.clear();
    for (long left = count(in, elements); left > 0; left--) {
      headFields.add(element(in, elements));
    }
    if (number(in, elements) != 0) {
      throw in.malformed("a stream node whose head does not end");
    }
  }

  /// Reads an entry whose flags are the current element; false if it is deleted.
  private boolean readEntry(RdbReader in, ListpackReader elements, StreamId base) {
    int first = elements.count();
    if (!elements.isInteger() || (elements.integer() & ~(DELETED | SAME_FIELDS)) != 0) {
      throw in.malformed("flags of a stream entry that are none");
    }
    long flags = elements.integer();
    StreamId id =
        new StreamId(base.millis() + number(in, elements), base.sequence() + number(in, elements));
    checkOrder(in, base, id);
    readPairs(in, elements, (flags & SAME_FIELDS) != 0);
    int size = elements.count() - first + 1;
    if (number(in, elements) != size) {
      throw in.malformed("a stream entry of another size than it says");
    }
    if ((flags & DELETED) != 0) {
      return false;
    }
    sink.entry(id, pairs);
    firstId = entries == 0 ? id : firstId;
    lastId = id;
    return true;
  }

  private void readPairs(RdbReader in, ListpackReader elements, boolean sameFields) {
    pairs.clear();
    long count = sameFields ? headFields.size() : count(in, elements);
    if (count == 0) {
      throw in.malformed("a stream entry without fields");
    }
    for (long i = 0; i < count; i++) {
      pairs.add(sameFields ? headFields.get((int) i) : element(in, elements));
      pairs.add(element(in, elements));
    }
  }

  private void checkOrder(RdbReader in, StreamId base, StreamId id) {
    if (id.compareTo(base) < 0 || (any && id.compareTo(lastSeen) <= 0)) {
      throw in.malformed("stream entries that are not in the order of their ids");
    }
    any = true;
    lastSeen = id;
  }

  private static long count(RdbReader in, ListpackReader elements) {
    long count = number(in, elements);
    if (count < 0) {
      throw in.malformed("a count below zero");
    }
    return count;
  }

  private static long number(RdbReader in, ListpackReader elements) {
    if (!elements.next() || !elements.isInteger()) {
      throw in.malformed("no number where a stream has one");
    }
    return elements.integer();
  }

  private static Bytes element(RdbReader in, ListpackReader elements) {
    if (!elements.next()) {
      throw in.malformed("a stream entry that is cut short");
    }
    return elements.bytes();
  }
}
