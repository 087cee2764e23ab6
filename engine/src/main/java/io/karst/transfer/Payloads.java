package io.karst.transfer;

import io.karst.base.Bytes;
import io.karst.engine.Tx;
import io.karst.engine.Values;
import io.karst.keyspace.Key;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbFileWriter;
import io.karst.value.DumpPayload;
import io.karst.value.RdbType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The value of a key, serialised and back: where `DUMP`, `RESTORE`, import and export meet.
public final class Payloads {
  private Payloads() {}

  /// The value of a key, sealed for `RESTORE`; null if there is none. An access.
  public static @Nullable Bytes dump(Tx tx, Key key) {
    Values.Serialised value = tx.values().dump(key);
    return value == null ? null : new DumpPayload(value.type(), value.body()).dumped();
  }

  /// As [#write], to a file that Redis shall load.
  ///
  /// - throws [LaterVersionException] if the version of the file has nothing like the value, but a
  ///   later one has; [IOException] if no Redis has.
  static boolean writeForRedis(Tx tx, Key key, RdbFileWriter file) throws IOException {
    Values.Serialised value = tx.values().dump(key);
    if (value != null && value.type().isOwn()) {
      throw new IOException(
          of(key, value) + ", which no Redis has: let them stay or remove the key");
    }
    if (value != null && value.type().since() > file.version()) {
      throw new LaterVersionException(
          of(key, value) + ", which version " + file.version() + " of the format does not have",
          value.type().since());
    }
    return write(tx, key, file);
  }

  private static String of(Key key, Values.Serialised value) {
    return "key " + key.bytes() + " is a " + value.type().title();
  }

  /// Writes a key with all that is known of it to a file; false if there is no such key.
  static boolean write(Tx tx, Key key, RdbFileWriter file) throws IOException {
    RdbAccess access =
        tx.usage().countsAccesses()
            ? new RdbAccess(RdbAccess.UNKNOWN, tx.usage().frequency(key))
            : new RdbAccess(tx.usage().idleMillis(key) / 1000, RdbAccess.UNKNOWN);
    Values.Serialised value = tx.values().dump(key);
    if (value == null) {
      return false;
    }
    DumpPayload payload = new DumpPayload(value.type(), value.body());
    file.value(key.bytes(), tx.expiry(key), access, payload);
    return true;
  }

  /// Makes `value` the value of a key, replacing whatever was there.
  ///
  /// - `expiryMillis`: since 1970, or [io.karst.memory.Record#NO_EXPIRY]; a time that is not after
  ///   [Tx#now] deletes the key.
  /// - throws [io.karst.base.CommandException] if the value is malformed, too long, or of a type
  ///   that this build does not have; the key is unchanged then.
  public static void put(Tx tx, Key key, DumpPayload value, long expiryMillis) {
    if (value.type() == RdbType.STRING) {
      tx.putString(key, value.string(tx.stringLimit()), expiryMillis);
    } else {
      tx.values().restore(key, value.type(), value.value(), expiryMillis);
    }
  }

  /// Takes over what is known of the use of a key that exists, as far as the policy of eviction has
  /// a use for it.
  public static void putAccess(Tx tx, Key key, RdbAccess access) {
    if (tx.usage().countsAccesses() && access.frequency() != RdbAccess.UNKNOWN) {
      tx.usage().frequency(key, access.frequency());
    } else if (!tx.usage().countsAccesses() && access.idleSeconds() != RdbAccess.UNKNOWN) {
      tx.usage().idle(key, Math.min(access.idleSeconds(), Integer.MAX_VALUE) * 1000L);
    }
  }
}
