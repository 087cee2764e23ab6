package io.karst.transfer;

import io.karst.base.Bytes;
import io.karst.engine.KeyRange;
import io.karst.engine.RangeVisitor;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbFileWriter;
import io.karst.value.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Writes the libraries of functions and the keys of a store to an RDB file, while it is used or
/// not: a key that changes meanwhile is written as it was before or after.
///
/// How it works: where keys are in order on disk, from the first to the last, so that the disk is
/// read once and in its order, and memory is left to others; slot by slot where everything is in
/// memory.
///
/// Thread: its caller's, not an event loop; the transaction holds no lock, or all, when it begins.
public final class Exporter {
  private static final int BATCH = 1000;

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

  /// Writes all of them and returns how many keys that were. What stands before and after them in
  /// the file is the caller's.
  ///
  /// - throws [IOException] if the file does, or if no Redis has a value; [LaterVersionException]
  ///   if one that is newer than the file's version has.
  public long run() throws IOException {
    try {
      for (Bytes source : tx.libraries().all().values()) {
        file.function(source);
      }
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

  /// Strings are written as they come by; collections, which may be many times larger, are noted
  /// and follow a batch later, under the locks of their keys.
  private void writeInOrder() {
    KeyRange range = KeyRange.ALL;
    int seen;
    do {
      List<Key> collections = new ArrayList<>();
      Batch batch = new Batch(collections);
      tx.all().range(range, BATCH, false, true, batch);
      seen = batch.seen;
      for (Key key : collections) {
        Key[] one = {key};
        tx.step(one, () -> write(one));
      }
      range = new KeyRange(last, false, null, true);
    } while (seen == BATCH);
  }

  private final class Batch implements RangeVisitor {
    private final List<Key> collections;
    private int seen;

    private Batch(List<Key> collections) {
      this.collections = collections;
    }

    @Override
    public void visit(Bytes key, ValueType type, long expiryMillis, @Nullable Bytes string) {
      seen++;
      last = key;
      if (string == null) {
        collections.add(Key.of(key.copy()));
      } else {
        write(key, expiryMillis, string);
      }
    }
  }

  private void write(Bytes key, long expiryMillis, Bytes string) {
    try {
      file.string(key, expiryMillis, RdbAccess.NONE, string);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    exported++;
    progress.accept(exported);
  }

  private void write(Key[] keys) {
    tx.touches(false);
    try {
      for (Key key : keys) {
        exported += Payloads.writeForRedis(tx, key, file) ? 1 : 0;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    progress.accept(exported);
  }
}
