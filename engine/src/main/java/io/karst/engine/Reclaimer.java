package io.karst.engine;

import io.karst.base.Fault;
import io.karst.base.Limits;
import io.karst.keyspace.Database;
import io.karst.memory.Allocator;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;

/// Gives memory back where nobody waits for it: large records and whole databases that are out of
/// the keyspace, and slabs that have become sparse.
///
/// *Compaction* marks the slabs that are nearly empty, walks the keyspace slot by slot, a few words
/// under each lock, and moves the records that lie in a marked slab. It starts by itself when a
/// quarter of the memory is slack, and then takes at most half of a core.
///
/// Thread: one of its own, `karst-memory`, started by its first task. Its queue needs no bound: a
/// task stands for a megabyte of memory at least, and memory is bounded.
final class Reclaimer implements AutoCloseable {
  /// Slabs less full than this are emptied when an operator asks.
  static final double SPARSE_ON_REQUEST = 0.9;

  private static final double SPARSE_BY_ITSELF = 0.5;
  private static final long PERIOD_MILLIS = 1000;

  /// Below this much slack nothing is moved by itself: it is not worth the walk.
  private static final long SLACK_MIN = 32 << 20;

  private static final int WORDS_PER_LOCK = 64;

  private final Engine engine;
  private final Tx tx;
  private final Background thread = new Background("karst-memory");

  Reclaimer(Engine engine) {
    this.engine = engine;
    this.tx = engine.silentTx();
  }

  /// Looks after sparse memory from now on.
  void start() {
    thread.every(PERIOD_MILLIS, this::compactIfWorthIt);
  }

  /// Frees a record that nobody can reach any more.
  void free(long record) {
    thread.run(() -> freeNow(record));
  }

  /// Frees all records of a database that nobody can reach any more.
  void free(Database database) {
    thread.run(() -> freeNow(database));
  }

  /// Empties slabs that are less full than `sparse`; returns the bytes given back.
  synchronized long compact(double sparse) {
    Allocator memory = engine.memory();
    long before = memory.totalBytes();
    if (memory.markSparse(sparse) == 0) {
      return 0;
    }
    try {
      Pace pace = new Pace(engine.clock());
      for (int database = 0; database < engine.databases(); database++) {
        for (int slot = 0; slot < Limits.SLOTS; slot++) {
          compact(database, slot, pace);
        }
      }
    } catch (Fault.OutOfMemory full) {
      // No room to move a record to: what has been moved stays moved.
    } finally {
      memory.clearSparse();
    }
    return Math.max(0, before - memory.totalBytes());
  }

  @Override
  public void close() {
    thread.close();
    tx.close();
  }

  private void compactIfWorthIt() {
    Allocator memory = engine.memory();
    long slack = memory.slackBytes();
    if (slack > SLACK_MIN && slack > memory.totalBytes() / 4) {
      compact(SPARSE_BY_ITSELF);
    }
  }

  private void compact(int database, int slot, Pace pace) {
    Database data = engine.keyspace().find(database);
    if (data == null || data.table(slot) == null) {
      return;
    }
    int index = 0;
    while (index >= 0) {
      tx.begin(engine.clock().wallMillis(), database);
      tx.slots().add(slot);
      tx.lock();
      try {
        index = relocate(database, slot, index);
      } finally {
        tx.end();
      }
      pace.rest();
    }
  }

  /// Moves records of a locked slot out of sparse slabs; returns where to go on, or -1.
  private int relocate(int database, int slot, int index) {
    Database data = engine.keyspace().find(database);
    RecordTable table = data == null ? null : data.table(slot);
    return table == null
        ? -1
        : table.relocateSparse(tx.magazine(), engine.memory(), index, WORDS_PER_LOCK);
  }

  private synchronized void freeNow(long record) {
    Record.free(tx.magazine(), record);
  }

  private synchronized void freeNow(Database database) {
    database.clear(tx.magazine(), record -> Record.free(tx.magazine(), record));
  }
}
