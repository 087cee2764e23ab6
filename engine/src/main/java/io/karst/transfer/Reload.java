package io.karst.transfer;

import io.karst.base.Invariant;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.rdb.RdbEntry;
import io.karst.rdb.RdbFileReader;
import io.karst.rdb.RdbFileWriter;
import io.karst.value.RdbVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes every key to an RDB file in memory and puts it into the store anew from there, some keys
/// at a time under their locks. Nothing is ever missing: neither to others meanwhile, nor after a
/// crash.
///
/// Thread: its caller's, not an event loop; the transaction holds no lock, or all, when it begins.
public final class Reload {
  private final Tx tx;

  private Reload(Tx tx) {
    this.tx = tx;
  }

  /// Does so with all databases.
  public static void run(Tx tx) {
    Reload reload = new Reload(tx);
    for (int database = 0; database < tx.databases(); database++) {
      tx.next(database);
      KeyBatches.forEach(tx, reload::reload);
    }
  }

  private void reload(Key[] keys) {
    tx.touches(false);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      RdbFileWriter file = new RdbFileWriter(out, RdbVersion.WRITTEN);
      int written = 0;
      for (Key key : keys) {
        written += Payloads.write(tx, key, file) ? 1 : 0;
      }
      file.end();
      ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
      long read = new RdbFileReader().read(in, this::put).entries();
      Invariant.check(read == written, "a key was lost while it was reloaded");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void put(RdbEntry entry) {
    Key key = Key.of(entry.key());
    Payloads.put(tx, key, entry.value(), entry.expiryMillis());
    Payloads.putAccess(tx, key, entry.access());
  }
}
