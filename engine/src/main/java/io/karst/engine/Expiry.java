package io.karst.engine;

import io.karst.base.Fault;
import io.karst.base.Limits;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import org.jspecify.annotations.Nullable;

/// Removes keys that are due, within [#PERIOD_MILLIS] and the time one pass takes.
///
/// A pass looks at the earliest expiry of each slot, an array of numbers that may be read without
/// locks, and enters only slots that are due; within one, only blocks of 64 words that may hold
/// something due. So its cost follows the number of keys that expire, not of those that could.
///
/// Every [#COLD_PERIOD_MILLIS] the keys that only the disk tier has follow ([ColdExpiry]).
///
/// Thread: one of its own, `karst-expiry`; [#pass] and [#averageTtlMillis] also any other.
final class Expiry implements AutoCloseable {
  private static final long PERIOD_MILLIS = 20;

  /// Keys removed under one lock: some 20 microseconds.
  private static final int BATCH = 64;

  /// What the history takes for a batch of ordinary keys, in bytes.
  private static final long RESERVED = BATCH * 128L;

  /// Keys looked at for the average time to live.
  private static final int SAMPLE = 1000;

  private static final long COLD_PERIOD_MILLIS = 100;

  private final Engine engine;
  private final Tx tx;
  private final @Nullable ColdExpiry cold;
  private long coldSinceMillis;
  private final long[] due = new long[BATCH];
  private final Background thread = new Background("karst-expiry");
  private volatile boolean active = true;

  Expiry(Engine engine) {
    this.engine = engine;
    this.tx = engine.newTx();
    this.cold = engine.tiered() ? new ColdExpiry(engine, tx) : null;
  }

  void start() {
    thread.every(PERIOD_MILLIS, this::activePass);
  }

  void active(boolean on) {
    active = on;
  }

  /// Removes all that is due; returns the number of keys. Nothing, while the store follows another.
  synchronized long pass() {
    if (engine.following().on()) {
      return 0;
    }
    long now = engine.clock().wallMillis();
    long removed = hotPass(now) + (cold == null ? 0 : cold.pass(now));
    if (removed > 0) {
      tx.tidy(); // What has come free is for those who write.
    }
    return removed;
  }

  private long hotPass(long now) {
    long removed = 0;
    for (int database = 0; database < engine.databases(); database++) {
      Database data = engine.keyspace().find(database);
      for (int slot = 0; data != null && slot < Limits.SLOTS; slot++) {
        if (data.earliest(slot) <= now) {
          removed += expire(database, slot, now);
        }
      }
    }
    return removed;
  }

  long averageTtlMillis(int database) {
    Tx own = engine.borrow();
    try {
      long now = engine.clock().wallMillis();
      Average average = new Average(now);
      own.begin(now, database);
      try {
        own.all().scan(0, SAMPLE, -1, (key, type, expiry) -> average.add(expiry));
      } finally {
        own.end();
      }
      return average.millis();
    } finally {
      engine.giveBack(own);
    }
  }

  @Override
  public void close() {
    thread.close();
    tx.close();
  }

  private void activePass() {
    if (active && !engine.following().on()) {
      periodicPass(engine.clock().wallMillis());
    }
  }

  private synchronized void periodicPass(long now) {
    try {
      long begin = engine.clock().monotonicNanos();
      long removed = hotPass(now);
      engine.work().expiry(engine.clock().monotonicNanos() - begin, removed);
      if (cold != null && Math.abs(now - coldSinceMillis) >= COLD_PERIOD_MILLIS) {
        coldSinceMillis = now;
        cold.pass(now);
      }
    } catch (Fault.ReadOnly full) {
      // What is due stays, unseen, until the disk takes changes again.
    }
  }

  private long expire(int database, int slot, long now) {
    long removed = 0;
    int found;
    do {
      tx.begin(now, database);
      tx.slots().add(slot);
      tx.lock();
      try {
        found = expireLocked(database, slot);
      } finally {
        tx.end();
      }
      removed += found;
    } while (found == due.length);
    return removed;
  }

  /// Removes keys of a locked slot that are due, at most as many as `due` holds; returns how many.
  private int expireLocked(int database, int slot) {
    Database data = engine.keyspace().find(database);
    RecordTable table = data == null ? null : data.table(slot);
    if (data == null || table == null || engine.following().on()) {
      return 0;
    }
    tx.records().reserve(RESERVED);
    int found = table.collectDue(tx.now(), due);
    for (int i = 0; i < found; i++) {
      Key key = Key.of(Record.key(due[i]));
      key.hash(engine.keyspace().hasher());
      expire(database, key, due[i]);
    }
    data.refreshEarliest(slot);
    return found;
  }

  /// Removes a key that is due, or what is due of its elements.
  private void expire(int database, Key key, long record) {
    if (Record.due(record, tx.now())) {
      tx.records().removals.expired(database, key, record);
    } else {
      tx.expireElements(key);
    }
  }

  private static final class Average {
    private final long now;
    private long sum;
    private long count;

    private Average(long now) {
      this.now = now;
    }

    private void add(long expiryMillis) {
      if (expiryMillis > now) {
        sum += expiryMillis - now;
        count++;
      }
    }

    private long millis() {
      return count == 0 ? 0 : sum / count;
    }
  }
}
