package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Invariant;
import io.karst.base.Limits;
import io.karst.eviction.AccessMeter;
import io.karst.lsm.DamagedException;
import io.karst.lsm.Stored;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.RdbReader;
import io.karst.value.RdbStringCodec;
import io.karst.value.RdbWriter;
import io.karst.value.ValueType;

/// Records on their way to the disk tier and back: the value as in `DUMP`, so that there is one
/// serialised form of each type; strings are not compressed, as the tier compresses blocks.
final class StoredValues {
  private StoredValues() {}

  /// The state of a record, with a copy of its value in `out`. Under the slot's lock.
  ///
  /// - `lsn`: the tail of the log now.
  static Stored of(long record, long lsn, RdbWriter out) {
    return new Stored(
        lsn,
        Record.type(record),
        Record.raw(record),
        AccessMeter.heat(Record.access(record)),
        Record.expiry(record),
        payload(record, out));
  }

  /// A clean record of a key with its state in the tier.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing is changed then.
  static long toRecord(Magazine magazine, Bytes key, Stored stored) {
    Bytes value = string(stored, key);
    int access = AccessMeter.ofHeat(stored.heat());
    long record =
        Record.create(magazine, key, stored.type(), value.length(), stored.expiryMillis(), access);
    Record.write(record, 0, value);
    Record.raw(record, stored.raw());
    Record.persisted(record, true, stored.expiryMillis() != Record.NO_EXPIRY);
    return record;
  }

  private static Bytes payload(long record, RdbWriter out) {
    Bytes value = Record.value(record);
    int from = out.size();
    switch (ValueType.of(Record.type(record))) {
      case STRING -> RdbStringCodec.writePlain(out, value);
      case LIST, SET, SORTED_SET, HASH, STREAM ->
          throw Invariant.violated("a record of a type that nothing makes");
    }
    return out.bytes(from);
  }

  /// The string that the tier has at a key.
  static Bytes string(Stored stored, Bytes key) {
    try {
      Bytes payload = stored.payload();
      byte[] array = payload.toArray();
      return switch (ValueType.of(stored.type())) {
        case STRING ->
            RdbStringCodec.read(new RdbReader(array, 0, array.length), Limits.STRING_SIZE_MAX);
        case LIST, SET, SORTED_SET, HASH, STREAM ->
            throw Invariant.violated("the tier has a type that nothing writes");
      };
    } catch (CommandException malformed) {
      throw new DamagedException("the value of " + key + " in the tier is malformed", malformed);
    }
  }
}
