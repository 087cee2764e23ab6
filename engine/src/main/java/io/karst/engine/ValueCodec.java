package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.base.Invariant;
import io.karst.keyspace.KeySlot;
import io.karst.memory.IntSet;
import io.karst.memory.Magazine;
import io.karst.memory.Packed;
import io.karst.memory.Record;
import io.karst.memory.RecordVisitor;
import io.karst.value.ElementTable;
import io.karst.value.ListBuilder;
import io.karst.value.NodeList;
import io.karst.value.RdbListWriter;
import io.karst.value.RdbStringCodec;
import io.karst.value.RdbType;
import io.karst.value.RdbValueReader;
import io.karst.value.RdbValueWriter;
import io.karst.value.RdbWriter;
import io.karst.value.Scores;
import io.karst.value.StreamLog;
import io.karst.value.ValueSink;
import io.karst.value.ValueType;

/// The value of a record in its serialised form, and back: the one place that knows how each type
/// is written to disk, to the history and to other servers, and made of what is read from there.
///
/// Under the lock of the record's slot.
final class ValueCodec {
  private final Engine engine;
  private final Magazine magazine;

  ValueCodec(Engine engine, Magazine magazine) {
    this.engine = engine;
    this.magazine = magazine;
  }

  /// Writes a value and returns the way it is written.
  ///
  /// - `travels`: whether it is for other servers. Then long strings are compressed, and a stream
  ///   is
  ///   as Redis 7.0 has it, without when its consumers were last active.
  RdbType write(long record, RdbWriter out, boolean travels) {
    RdbValueWriter writer = new RdbValueWriter(out, travels);
    return switch (ValueType.of(Record.type(record))) {
      case STRING -> writeString(record, out, travels);
      case HASH -> writeHash(record, writer);
      case SET -> writeSet(record, writer);
      case SORTED_SET -> writeSortedSet(record, writer);
      case LIST -> writeList(record, out, travels);
      case STREAM -> StreamCodec.write((StreamLog) engine.values().of(record), out, travels);
    };
  }

  /// Makes a record, in no table yet, of a value as it was written.
  ///
  /// - throws [CommandException] if it is malformed, [Fault.OutOfMemory].
  long read(RdbType type, Bytes body, Bytes key, long expiryMillis, int access) {
    return switch (type.valueType()) {
      case HASH -> readHash(type, body, key, expiryMillis, access);
      case SET -> readSet(type, body, key, expiryMillis, access);
      case SORTED_SET -> readSortedSet(type, body, key, expiryMillis, access);
      case LIST -> readList(type, body, key, expiryMillis, access);
      case STREAM -> new StreamCodec(engine, magazine).read(type, body, key, expiryMillis, access);
      case STRING ->
          throw Invariant.violated("a " + type.title() + " for the codec of collections");
      case null -> throw CommandException.err("Bad data format: a value of a module");
    };
  }

  // ---- strings ----

  private static RdbType writeString(long record, RdbWriter out, boolean compresses) {
    if (compresses) {
      RdbStringCodec.write(out, Record.value(record));
    } else {
      RdbStringCodec.writePlain(out, Record.value(record));
    }
    return RdbType.STRING;
  }

  // ---- hashes ----

  private RdbType writeHash(long record, RdbValueWriter out) {
    if (!Record.isObject(record)) {
      out.listpack(Packed.list(record));
      return RdbType.HASH_LISTPACK;
    }
    ElementTable fields = (ElementTable) engine.values().of(record);
    if (!fields.expires()) {
      out.beginHash(fields.count());
      fields.forEach(field -> out.hashField(Record.key(field), Record.value(field)));
      return RdbType.HASH;
    }
    long earliest = fields.earliestExpiry();
    out.beginExpiringHash(earliest, fields.count());
    fields.forEach(field ->
        out.expiringHashField(
            earliest, Record.key(field), Record.value(field), Record.expiry(field)));
    return RdbType.HASH_EXPIRING;
  }

  private long readHash(RdbType type, Bytes body, Bytes key, long expiryMillis, int access) {
    ElementsBuilder builder = ElementsBuilder.hash(engine, magazine, key);
    ValueSink sink =
        new ValueSink() {
          @Override
          public void expect(int elements) {
            builder.expect(elements);
          }

          @Override
          public boolean hashField(Bytes field, Bytes value, long fieldExpiry) {
            return builder.add(field, value, fieldExpiry);
          }
        };
    return build(builder, () -> RdbValueReader.read(type, body, sink), key, expiryMillis, access);
  }

  // ---- sets ----

  private RdbType writeSet(long record, RdbValueWriter out) {
    if (Record.numbers(record)) {
      int count = IntSet.count(record);
      long[] numbers = new long[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = IntSet.get(record, i);
      }
      out.intset(numbers, count);
      return RdbType.SET_INTSET;
    }
    if (!Record.isObject(record)) {
      out.beginSet(Packed.count(record));
      for (int at = Packed.first(record); at != Packed.NONE; at = Packed.next(record, at)) {
        out.setMember(Packed.get(record, at));
      }
      return RdbType.SET;
    }
    ElementTable members = (ElementTable) engine.values().of(record);
    if (!members.expires()) {
      out.beginSet(members.count());
      members.forEach(member -> out.setMember(Record.key(member)));
      return RdbType.SET;
    }
    out.beginExpiringSet(members.count());
    members.forEach(member -> out.expiringSetMember(Record.key(member), Record.expiry(member)));
    return RdbType.SET_EXPIRING;
  }

  private long readSet(RdbType type, Bytes body, Bytes key, long expiryMillis, int access) {
    ElementsBuilder builder = ElementsBuilder.set(engine, magazine, key);
    ValueSink sink =
        new ValueSink() {
          @Override
          public void expect(int elements) {
            builder.expect(elements);
          }

          @Override
          public boolean setMember(Bytes member, long memberExpiry) {
            return builder.add(member, Bytes.EMPTY, memberExpiry);
          }
        };
    return build(builder, () -> RdbValueReader.read(type, body, sink), key, expiryMillis, access);
  }

  // ---- sorted sets ----

  private RdbType writeSortedSet(long record, RdbValueWriter out) {
    if (!Record.isObject(record)) {
      out.listpack(Packed.list(record));
      return RdbType.SORTED_SET_LISTPACK;
    }
    ElementTable members = (ElementTable) engine.values().of(record);
    if (!members.expires()) {
      out.beginSortedSet(members.count());
      forEachDown(members, member -> out.sortedSetMember(Record.key(member), score(member)));
      return RdbType.SORTED_SET_2;
    }
    out.beginExpiringSortedSet(members.count());
    forEachDown(
        members,
        member ->
            out.expiringSortedSetMember(Record.key(member), score(member), Record.expiry(member)));
    return RdbType.SORTED_SET_EXPIRING;
  }

  /// Shows the members from the highest score to the lowest, as Redis writes them.
  private static void forEachDown(ElementTable members, RecordVisitor visitor) {
    long count = members.count();
    members
        .order()
        .visit(
            count - 1,
            count,
            true,
            (rank, member) -> {
              visitor.visit(member);
              return true;
            });
  }

  private static double score(long member) {
    return Scores.ofBytes(Record.value(member));
  }

  private long readSortedSet(RdbType type, Bytes body, Bytes key, long expiryMillis, int access) {
    SortedSetBuilder builder = new SortedSetBuilder(engine, magazine);
    ValueSink sink =
        new ValueSink() {
          @Override
          public boolean sortedSetMember(Bytes member, double score, long memberExpiry) {
            return builder.add(member, score, memberExpiry);
          }
        };
    return build(builder, () -> RdbValueReader.read(type, body, sink), key, expiryMillis, access);
  }

  private static long build(
      ValueBuilder builder, Runnable reading, Bytes key, long expiryMillis, int access) {
    try {
      reading.run();
      return builder.finish(key, expiryMillis, access);
    } catch (CommandException | Fault failure) {
      builder.close();
      throw failure;
    }
  }

  // ---- lists ----

  private RdbType writeList(long record, RdbWriter out, boolean compresses) {
    RdbListWriter writer = new RdbListWriter(compresses);
    if (!Record.isObject(record)) {
      writer.packed(Packed.list(record));
    } else {
      NodeList nodes = (NodeList) engine.values().of(record);
      for (int i = 0; i < nodes.nodes(); i++) {
        long node = nodes.node(i);
        if (NodeList.isPlain(node)) {
          writer.element(Record.value(node));
        } else {
          writer.packed(Packed.list(node));
        }
      }
    }
    writer.end(out);
    return RdbType.LIST_QUICKLIST_2;
  }

  private long readList(RdbType type, Bytes body, Bytes key, long expiryMillis, int access) {
    ListBuilder builder = new ListBuilder(magazine, engine.encodings().listNodeLimit());
    ValueSink sink =
        new ValueSink() {
          @Override
          public void listElement(Bytes element) {
            builder.add(element);
          }
        };
    try {
      RdbValueReader.read(type, body, sink);
      return list(builder.end(), key, expiryMillis, access);
    } catch (CommandException | Fault failure) {
      builder.discard();
      throw failure;
    }
  }

  /// A record of a list: packed if one node holds it, else an object.
  private long list(NodeList nodes, Bytes key, long expiryMillis, int access) {
    int type = ValueType.LIST.code();
    boolean packed = nodes.nodes() == 1 && !NodeList.isPlain(nodes.node(0));
    int size = packed ? Packed.size(nodes.node(0)) : Record.OBJECT_SIZE;
    long record = Record.create(magazine, key, type, size, expiryMillis, access);
    if (packed) {
      Record.writeFrom(record, nodes.node(0), size);
      nodes.free(magazine);
    } else {
      Record.object(record, engine.values().add(nodes, KeySlot.of(key)), Long.MAX_VALUE);
    }
    return record;
  }
}
