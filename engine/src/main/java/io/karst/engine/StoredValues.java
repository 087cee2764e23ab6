package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Invariant;
import io.karst.base.Limits;
import io.karst.eviction.AccessMeter;
import io.karst.lsm.Amended;
import io.karst.lsm.DamagedException;
import io.karst.lsm.Stored;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.RdbReader;
import io.karst.value.RdbStringCodec;
import io.karst.value.RdbType;
import io.karst.value.RdbWriter;
import io.karst.value.ValueType;
import org.jspecify.annotations.Nullable;

/// Records on their way to the disk tier and back: the value as in `DUMP`, so that there is one
/// serialised form of each type; strings are not compressed, as the tier compresses blocks.
final class StoredValues {
  private StoredValues() {}

  /// The state of a record, with a copy of its value in `out`. Under the slot's lock.
  ///
  /// - `lsn`: the tail of the log now.
  static Stored of(ValueCodec codec, long record, long lsn, RdbWriter out) {
    return of(record, lsn, payload(codec, record, out), null);
  }

  /// The state of a record without its value, which the tier has, and what was done to that since.
  static Stored amended(long record, long lsn, Amended amended) {
    return of(record, lsn, Bytes.EMPTY, amended);
  }

  private static Stored of(long record, long lsn, Bytes payload, @Nullable Amended amended) {
    return new Stored(
        lsn,
        Record.type(record),
        Record.raw(record),
        AccessMeter.heat(Record.access(record)),
        Record.expiry(record),
        elementExpiry(record),
        payload,
        amended);
  }

  private static long elementExpiry(long record) {
    long earliest = Record.elementExpiry(record);
    return earliest == Long.MAX_VALUE ? Record.NO_EXPIRY : earliest;
  }

  /// A clean record of a key with its state in the tier.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory]; nothing is changed then.
  static long toRecord(ValueCodec codec, Magazine magazine, Bytes key, Stored stored) {
    long record =
        stored.type() == ValueType.STRING.code()
            ? ofString(magazine, key, stored)
            : ofCollection(codec, key, stored);
    Record.persisted(record, true, stored.expires(), stored.isListed());
    return record;
  }

  private static long ofString(Magazine magazine, Bytes key, Stored stored) {
    Bytes value = string(stored, key);
    int access = AccessMeter.ofHeat(stored.heat());
    long record =
        Record.create(magazine, key, stored.type(), value.length(), stored.expiryMillis(), access);
    Record.write(record, 0, value);
    Record.raw(record, stored.raw());
    return record;
  }

  /// A collection, whose payload begins with the way it is written.
  private static long ofCollection(ValueCodec codec, Bytes key, Stored stored) {
    Bytes payload = stored.payload();
    RdbType form = payload.isEmpty() ? null : RdbType.of(payload.at(0) & 0xff);
    if (form == null || form.valueType() != ValueType.of(stored.type())) {
      throw new DamagedException("the value of " + key + " in the tier is of no type", null);
    }
    try {
      Bytes body = payload.slice(1, payload.length() - 1);
      return codec.read(form, body, key, stored.expiryMillis(), AccessMeter.ofHeat(stored.heat()));
    } catch (CommandException malformed) {
      throw malformed(key, malformed);
    }
  }

  private static Bytes payload(ValueCodec codec, long record, RdbWriter out) {
    int from = out.size();
    if (Record.type(record) == ValueType.STRING.code()) {
      codec.write(record, out, false);
      return out.bytes(from);
    }
    out.writeByte(0);
    RdbType form = codec.write(record, out, false);
    out.overwriteLittleEndian(from, form.code(), 1);
    return out.bytes(from);
  }

  /// The string that the tier has at a key.
  static Bytes string(Stored stored, Bytes key) {
    Invariant.check(stored.type() == ValueType.STRING.code(), "a collection taken for a string");
    try {
      byte[] array = stored.payload().toArray();
      return RdbStringCodec.read(new RdbReader(array, 0, array.length), Limits.STRING_SIZE_MAX);
    } catch (CommandException malformed) {
      throw malformed(key, malformed);
    }
  }

  private static DamagedException malformed(Bytes key, CommandException cause) {
    return new DamagedException("the value of " + key + " in the tier is malformed", cause);
  }
}
