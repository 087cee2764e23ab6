package io.karst.engine;

import io.karst.base.Fault;
import io.karst.base.Limits;
import io.karst.keyspace.Database;
import io.karst.memory.Allocator;
import io.karst.memory.RecordTable;
import io.karst.memory.Relocation;
import io.karst.value.LargeValue;
import io.karst.value.LargeValues;
import org.jspecify.annotations.Nullable;

/// Gives memory back where nobody waits for it: large records and whole databases that are out of
/// the keyspace, and slabs that have become sparse.
///
/// *Compaction* marks the slabs that are nearly empty, walks the keyspace slot by slot, a few words
/// under each lock, and moves the records that lie in a marked slab. It starts by itself when a
/// quarter of the memory is slack, and then takes at most half of a core; when memory is short, as
/// [Eviction] says.
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

  /// Slots in which nothing could be moved before all is given up: there is no room to move to.
  private static final int FAILURES_MAX = 64;

  private final Engine engine;
  private final Tx tx;
  private final Background thread = new Background("karst-memory");
  private final Reclaimed reclaimed = new Reclaimed();

  Reclaimer(Engine engine) {
    this.engine = engine;
    this.tx = engine.silentTx();
  }

  /// Looks after sparse memory from now on.
  void start() {
    thread.every(PERIOD_MILLIS, this::compactIfWorthIt);
  }

  /// Frees a record that nobody can reach any more, with the value it stands for.
  void free(long record) {
    later(engine.values().bytes(record), 1, () -> freeNow(record));
  }

  /// Frees a value that nobody can reach any more.
  void free(LargeValue value) {
    later(value.bytes(), 1, () -> freeNow(value));
  }

  /// Frees all records of a database that nobody can reach any more.
  void free(Database database) {
    later(engine.memory().usedBytes(), database.size(), () -> freeNow(database));
  }

  Reclaimed reclaimed() {
    return reclaimed;
  }

  private void later(long bytes, long objects, Runnable task) {
    reclaimed.begins(bytes, objects);
    thread.run(() -> {
      task.run();
      reclaimed.ended(bytes, objects);
    });
  }

  /// Empties slabs that are less full than `sparse`, the emptiest first.
  ///
  /// - `bytes`: about how much memory to get back at most.
  /// - `rests`: whether it leaves half of the time to others.
  /// - returns: the bytes given back.
  synchronized long compact(double sparse, long bytes, boolean rests) {
    Allocator memory = engine.memory();
    long before = memory.totalBytes();
    engine.flushIdle();
    tx.tidy();
    if (memory.markSparse(sparse, bytes) == 0) {
      return Math.max(0, before - memory.totalBytes());
    }
    try {
      walk(rests ? new Pace(engine.clock()) : null);
    } finally {
      tx.tidy();
      memory.clearSparse();
    }
    return Math.max(0, before - memory.totalBytes());
  }

  private void walk(@Nullable Pace pace) {
    int failures = 0;
    for (int database = 0; database < engine.databases(); database++) {
      for (int slot = 0; slot < Limits.SLOTS && failures < FAILURES_MAX; slot++) {
        try {
          compact(database, slot, pace);
        } catch (Fault.OutOfMemory full) {
          failures++; // No room to move a record to: what has been moved stays moved.
        }
      }
    }
    LargeValues values = engine.values();
    for (int number = 0; number < values.limit() && failures < FAILURES_MAX; number++) {
      try {
        compact(values, number, pace);
      } catch (Fault.OutOfMemory full) {
        failures++;
      }
    }
  }

  /// Moves what belongs to a large value, some of it under each lock, as long as it is there. What
  /// is about to be freed in the background is freed by nobody meanwhile.
  private void compact(LargeValues values, int number, @Nullable Pace pace) {
    LargeValue value = values.find(number);
    int index = value == null ? -1 : 0;
    while (index != -1) {
      tx.begin(engine.clock().wallMillis(), 0);
      int slot = values.slot(number);
      tx.slots().add(slot);
      tx.lock();
      try {
        boolean same = values.find(number) == value && values.slot(number) == slot;
        index =
            same && value != null
                ? value.relocateSparse(tx.magazine(), engine.memory(), index, WORDS_PER_LOCK)
                : -1;
      } finally {
        tx.end();
      }
      if (pace != null) {
        pace.rest();
      }
    }
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
      compact(SPARSE_BY_ITSELF, Long.MAX_VALUE, true);
    }
  }

  private void compact(int database, int slot, @Nullable Pace pace) {
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
      if (pace != null) {
        pace.rest();
      }
    }
  }

  /// Moves records of a locked slot out of sparse slabs; returns where to go on, or -1.
  private int relocate(int database, int slot, int index) {
    Database data = engine.keyspace().find(database);
    RecordTable table = data == null ? null : data.table(slot);
    return table == null
        ? -1
        : table.relocateSparse(
            tx.magazine(), engine.memory(), index, WORDS_PER_LOCK, Relocation.UNNOTICED);
  }

  private synchronized void freeNow(long record) {
    engine.values().free(tx.magazine(), record);
  }

  private synchronized void freeNow(LargeValue value) {
    value.free(tx.magazine());
  }

  private synchronized void freeNow(Database database) {
    database.clear(tx.magazine(), record -> engine.values().free(tx.magazine(), record));
  }
}
