package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.base.Limits;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.TierCounts;
import io.karst.lsm.SlotCursor;
import io.karst.lsm.Stored;
import io.karst.lsm.Tier;
import io.karst.lsm.TierCursor;
import io.karst.memory.Record;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings keys that only the disk tier has into memory after a start, until little room is left.
///
/// If there is not room for all, those come in that were accessed last, as far as the tier knows,
/// which learns of accesses only when a key is written to it: the ages of a sample tell from which
/// age on.
///
/// Thread: one of its own, `karst-warmer`; at most half of a core. Reads without locks, and loads a
/// key only if nothing was dropped from its slot since ([TierCounts#drops]).
final class Warmer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Warmer.class);

  /// The part of the memory that is filled.
  private static final double FULL = 0.8;

  /// Entries read from one view of the tier.
  private static final int VIEW = 4096;

  private static final int SAMPLE_SLOTS = 256;
  private static final int SAMPLE_MAX = 4096;
  private static final int CLOCK_MASK = 0xff_ffff;

  /// What a record takes besides its value, about.
  private static final int OVERHEAD = 48;

  private final Engine engine;
  private final Keyspace keyspace;
  private final Tier tier;
  private final Tx tx;
  private final Pace pace;
  private final Background thread = Background.patient("karst-warmer");
  private volatile boolean started;
  private volatile boolean closed;
  private long loaded;

  Warmer(Engine engine) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.tier = engine.tier();
    this.tx = engine.silentTx();
    this.pace = new Pace(engine.clock());
  }

  void start() {
    started = true;
    thread.run(this::run);
  }

  /// Begins anew if it was started, as nothing is in memory any more.
  void restart() {
    if (started) {
      start();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.close();
    tx.close();
  }

  private void run() {
    for (int index = 0; index < keyspace.count() && goesOn(); index++) {
      Database data = keyspace.find(index);
      TierCounts counts = data == null ? null : data.tier();
      if (data != null && counts != null && counts.cold() > 0) {
        warm(index, data, counts);
      }
    }
    if (loaded > 0 && !closed) {
      LOG.info("Warmed {} keys", loaded);
    }
  }

  /// Loads what is hot enough of a database.
  void warm(int index, Database data, TierCounts counts) {
    int oldest = oldestThatFits(data, counts);
    Bytes from = Bytes.EMPTY;
    while (from != null && goesOn()) {
      from = warmView(index, data, from, oldest);
    }
  }

  private boolean goesOn() {
    return !closed && engine.memory().totalBytes() < engine.memory().limitBytes() * FULL;
  }

  /// Loads from one view of the tier; returns the key to go on with, null at the end.
  private @Nullable Bytes warmView(int index, Database data, Bytes from, int oldest) {
    TierCounts counts = data.tier();
    if (counts == null) {
      return null;
    }
    long[] drops = counts.allDrops();
    try (TierCursor cursor = tier.keys(data.id(), from, false, false)) {
      for (int i = 0; cursor.next(); i++) {
        Bytes key = cursor.key();
        if (i == VIEW || !goesOn()) {
          return key;
        }
        Stored stored = cursor.stored();
        if (age(stored) <= oldest && !load(index, data, key, stored, drops)) {
          return null;
        }
        pace.rest();
      }
      return null;
    }
  }

  /// False if there is no room, or the database is another.
  private boolean load(int index, Database data, Bytes bytes, Stored stored, long[] drops) {
    Key key = Key.of(bytes);
    key.hash(keyspace.hasher());
    tx.begin(engine.clock().wallMillis(), index);
    tx.slots().add(key.slot());
    tx.lock();
    try {
      if (keyspace.find(index) != data) {
        return false;
      }
      TierCounts counts = data.tier();
      if (counts != null
          && counts.drops(key.slot()) == drops[key.slot()]
          && data.find(key) == Record.NONE) {
        tx.records().residency().load(index, key, stored);
        loaded++;
      }
      return true;
    } catch (Fault.OutOfMemory full) {
      return false;
    } finally {
      tx.end();
    }
  }

  /// Seconds since the last access that the tier knows of.
  private int age(Stored stored) {
    return ((int) (engine.clock().wallMillis() / 1000) - stored.heat()) & CLOCK_MASK;
  }

  /// The age up to which keys are loaded, so that they fit.
  private int oldestThatFits(Database data, TierCounts counts) {
    int[] ages = new int[SAMPLE_MAX];
    long bytes = 0;
    int sampled = 0;
    for (int i = 0; i < SAMPLE_SLOTS && sampled < SAMPLE_MAX; i++) {
      int slot = i * (Limits.SLOTS / SAMPLE_SLOTS);
      try (SlotCursor cursor = tier.slot(data.id(), slot, 0)) {
        while (sampled < SAMPLE_MAX && cursor.next()) {
          Bytes key = cursor.key();
          Stored stored = tier.get(data.id(), key);
          if (stored != null) {
            ages[sampled++] = age(stored);
            bytes += OVERHEAD + key.length() + stored.size();
          }
        }
      }
    }
    double room = engine.memory().limitBytes() * FULL - engine.memory().totalBytes();
    double part = sampled == 0 ? 1 : room / ((double) bytes / sampled * counts.cold());
    if (part >= 1) {
      return CLOCK_MASK;
    }
    Arrays.sort(ages, 0, sampled);
    return ages[Math.max(0, (int) (part * sampled) - 1)];
  }
}
