package io.karst.transfer;

import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.rdb.RdbFileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;

/// Writes the keys of a store to an RDB file, while it is used or not: a key that changes meanwhile
/// is written as it was before or after.
///
/// Thread: its caller's, not an event loop; the transaction holds no lock, or all, when it begins.
public final class Exporter {
  private final Tx tx;
  private final RdbFileWriter file;
  private final LongConsumer progress;
  private long exported;

  /// - `progress`: told now and then how many keys have been written.
  public Exporter(Tx tx, RdbFileWriter file, LongConsumer progress) {
    this.tx = tx;
    this.file = file;
    this.progress = progress;
  }

  /// Writes all databases and returns how many keys that were. What stands before and after them in
  /// the file is the caller's.
  ///
  /// - throws [IOException] if the file does.
  public long run() throws IOException {
    try {
      for (int database = 0; database < tx.databases(); database++) {
        tx.next(database);
        if (tx.all().size() > 0) {
          file.database(database, tx.all().size(), tx.all().expiring());
          KeyBatches.forEach(tx, this::write);
        }
      }
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    return exported;
  }

  private void write(Key[] keys) {
    tx.touches(false);
    try {
      for (Key key : keys) {
        exported += Payloads.write(tx, key, file) ? 1 : 0;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    progress.accept(exported);
  }
}
