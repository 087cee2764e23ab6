package io.karst.rdb;

import io.karst.base.Bytes;
import io.karst.base.HeapBytes;
import io.karst.value.DumpPayload;
import io.karst.value.RdbReader;
import io.karst.value.RdbType;
import io.karst.value.RdbValueReader;
import io.karst.value.ValueSink;

/// A key of an RDB file, with all that the file says of it.
///
/// - `offset`: of the byte the entry begins at in the file, that of its value's type.
/// - `database`: the number of its database, from 0.
/// - `expiryMillis`: since 1970, perhaps in the past, or [io.karst.memory.Record#NO_EXPIRY].
/// - `value`: a view, good until the visitor returns; the key is a copy.
public record RdbEntry(
    long offset, int database, Bytes key, long expiryMillis, RdbAccess access, DumpPayload value) {
  /// The same entry with a value of its own.
  public RdbEntry copy() {
    DumpPayload copy = new DumpPayload(value.type(), value.value().copy());
    return new RdbEntry(offset, database, key, expiryMillis, access, copy);
  }

  /// Hands the elements of the value to `sink`, as views of this one's value where they can be.
  ///
  /// - throws [RdbException] if it is malformed, with what is wrong: the sink has got a part then.
  public void read(ValueSink sink) {
    HeapBytes bytes = (HeapBytes) value.value();
    RdbReader in =
        new RdbReader(bytes.array(), bytes.offset(), bytes.length()) {
          @Override
          public RdbException malformed(String what) {
            return new RdbException(offset, what).within(described(value.type(), key, database));
          }
        };
    RdbValueReader.read(value.type(), in, sink);
  }

  /// The error of an entry that a store does not take.
  ///
  /// - `line`: why, as a client would be told: `ERR Bad data format`.
  public RdbException refused(String line) {
    String why = line.startsWith("ERR ") ? line.substring("ERR ".length()) : line;
    return new RdbException(offset, why).within(described(value.type(), key, database));
  }

  static String described(RdbType type, Bytes key, int database) {
    return "the " + type.title() + " at key " + key + " of database " + database;
  }
}
