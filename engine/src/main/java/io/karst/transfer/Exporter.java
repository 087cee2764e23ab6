package io.karst.transfer;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.engine.KeyRange;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbFileWriter;
import io.karst.value.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Writes the keys of a store to an RDB file, while it is used or not: a key that changes meanwhile
/// is written as it was before or after.
///
/// How it works: where keys are in order on disk, from the first to the last, so that the disk is
/// read once and in its order, and memory is left to others; slot by slot where everything is in
/// memory.
///
/// Thread: its caller's, not an event loop; the transaction holds no lock, or all, when it begins.
public final class Exporter {
  private final Tx tx;
  private final RdbFileWriter file;
  private final LongConsumer progress;
  private long exported;
  private Bytes last = Bytes.EMPTY;

  /// - `progress`: told now and then how many keys have been written, perhaps by another thread.
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
          if (tx.all().ordered()) {
            writeInOrder();
          } else {
            KeyBatches.forEach(tx, this::write);
          }
        }
      }
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    return exported;
  }

  private void writeInOrder() {
    KeyRange range = KeyRange.ALL;
    long before;
    do {
      before = exported;
      tx.all().range(range, Integer.MAX_VALUE, false, true, this::write);
      range = new KeyRange(last, false, null, true);
    } while (exported - before == Integer.MAX_VALUE);
  }

  private void write(Bytes key, ValueType type, long expiryMillis, @Nullable Bytes string) {
    if (string == null) {
      throw Invariant.violated("a " + type.redisName() + ", of which there are none");
    }
    try {
      file.string(key, expiryMillis, RdbAccess.NONE, string);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    exported++;
    last = key;
    progress.accept(exported);
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
