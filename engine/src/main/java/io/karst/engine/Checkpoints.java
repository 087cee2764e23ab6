package io.karst.engine;

import io.karst.base.Disk;
import io.karst.base.Fault;
import io.karst.base.Invariant;
import io.karst.base.Limits;
import io.karst.engine.Counters.Counter;
import io.karst.history.Log;
import io.karst.keyspace.Database;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.TierCounts;
import io.karst.lsm.Tier;
import io.karst.lsm.TierBatch;
import io.karst.lsm.TierMeta;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what changed from memory to the disk tier, while everybody works on.
///
/// *A round* goes through all slots that have something dirty. Under the slot's lock, some records
/// at a time, the dirty ones are copied with the tail of the log as the LSN they reflect, and count
/// as clean from then on; the copies are written without any lock, when the log is durable past all
/// of them (log before data). At the end of the round the tier is flushed, and the history before
/// the round's first LSN is no longer needed. Nothing is forked, and no more than a batch is
/// copied.
///
/// *Busy slots.* Between copy and write the tier is behind its records. Until the batch is written
/// nothing may be dropped from the slots it came from, and what is removed there leaves a
/// tombstone. If the write fails, what it would have written is dirty again
/// ([DirtyCopies#restore]).
///
/// *When.* When the log has grown since the last round ([#due(long, long)]), when somebody asks
/// ([#run]), when memory is short of clean records ([#wanted]), and at the end.
///
/// Thread: one of its own, `karst-checkpoint`, the only one that writes to the tier; what others
/// may call says so.
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /// History after which a round begins, in bytes, and after which one begins though the one before
  /// it began less than [#PERIOD_NANOS] ago.
  static final long HISTORY_SIZE = 64 << 20;

  static final long HISTORY_SIZE_MAX = 128 << 20;

  /// The time between two rounds that nobody has asked for, unless the history is long. A key that
  /// changes again within it is written once.
  static final long PERIOD_NANOS = 5_000_000_000L;

  /// Copies that are written together, in bytes.
  private static final long BATCH_SIZE = 2 << 20;

  /// Entries that are written together.
  private static final int BATCH_COUNT = 8192;

  /// Records looked at under one lock: some ten microseconds. One large value takes longer when it
  /// is written whole, which it rarely is ([Amending]): some 200 milliseconds for a million fields.
  private static final int RECORDS_PER_LOCK = 32;

  private static final long LOOK_MILLIS = 100;
  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final int NOBODY = -1;
  private static final long NOTHING_PINNED = Long.MAX_VALUE;

  private final Engine engine;
  private final Keyspace keyspace;
  private final Log log;
  private final Tier tier;
  private final Tx tx;
  private final DirtyCopies copies;
  private final Background thread = Background.patient("karst-checkpoint");

  /// Ids of databases that the tier may have keys of.
  private final Set<Integer> known = new HashSet<>();

  /// The slots whose copies are not written yet, first and last.
  private volatile int busyFirst = NOBODY;

  private volatile int busyLast = NOBODY;

  private final CheckpointRequests requests = new CheckpointRequests();

  /// Guarded by this: what the tier says of whole databases is as of this LSN at least.
  private long mappedLsn;

  /// Guarded by this: the history from here on is kept for a backup.
  private long pinned = NOTHING_PINNED;

  /// History that is kept for who reads it ([Changes]), in bytes, even if the tier has it.
  private volatile long retention;

  private volatile long lsn;
  private volatile long lastMillis;

  /// How many changes there had been when the last round began, how many rounds have succeeded, and
  /// how long the last of them took.
  private volatile long savedChanges;

  private final AtomicLong rounds = new AtomicLong();
  private volatile long lastNanos;
  private volatile boolean running;
  private volatile long beganNanos = Long.MIN_VALUE / 2;
  private volatile boolean failing;
  private volatile boolean wanted;
  private long retryAtNanos;

  /// - `meta`: what the last checkpoint of an earlier process said; null if there was none.
  Checkpoints(Engine engine, Tier tier, @Nullable TierMeta meta) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.log = engine.log();
    this.tier = tier;
    this.tx = engine.silentTx();
    this.copies = new DirtyCopies(engine, tx);
    known.addAll(tier.databases());
    if (meta != null) {
      lsn = meta.checkpointLsn();
      mappedLsn = meta.mappingLsn();
      lastMillis = meta.millis();
    }
  }

  void start() {
    thread.every(LOOK_MILLIS, this::runIfDue);
  }

  /// Whether something of this slot is on its way to the tier. Any thread that holds its lock.
  boolean busy(int slot) {
    return slot <= busyLast && slot >= busyFirst;
  }

  /// Asks for clean records. Any thread; returns at once.
  void wanted() {
    if (!wanted) {
      wanted = true;
      thread.run(this::runIfDue);
    }
  }

  /// Returns when a round that began after the call has ended. Any thread but event loops.
  ///
  /// - throws [Fault.ReadOnly] if it could not be written.
  void run() {
    requests.await(() -> thread.run(this::runIfDue));
  }

  /// When the last round ended, in milliseconds since 1970; 0 if none ever did. Any thread.
  long lastMillis() {
    return lastMillis;
  }

  /// Frames from here on are not all in the tier. Any thread.
  long lsn() {
    return lsn;
  }

  /// Keeps so many bytes of history at least, from the next round on. Any thread.
  void retention(long bytes) {
    retention = bytes;
  }

  /// How long the history is that only the log has, in bytes. Any thread.
  long backlogBytes() {
    return log.tail() - lsn;
  }

  /// How many changes there had been when the last round began. Any thread.
  long savedChanges() {
    return savedChanges;
  }

  /// How many rounds have succeeded. Any thread.
  long rounds() {
    return rounds.get();
  }

  /// How long the last of them took. Any thread.
  long lastNanos() {
    return lastNanos;
  }

  /// How long ago the latest round began; any large number if none did. Any thread.
  long currentNanos() {
    return engine.clock().monotonicNanos() - beganNanos;
  }

  /// Whether a round is going on. Any thread.
  boolean running() {
    return running;
  }

  /// Whether the latest round could not be written. Any thread.
  boolean failing() {
    return failing;
  }

  /// Stops, without a last round.
  @Override
  public void close() {
    thread.close();
    requests.close();
    tx.close();
  }

  private void runIfDue() {
    if (due()) {
      runNow();
    }
  }

  private boolean due() {
    if (requests.pending()) {
      return true;
    }
    if (failing && engine.clock().monotonicNanos() < retryAtNanos) {
      return false;
    }
    return wanted || due(backlogBytes(), currentNanos());
  }

  /// Whether a round is to begin because of the history since the last one.
  ///
  /// A checkpoint costs by the keys that changed, and a start after a crash by the changes. Who
  /// writes fast changes many keys again and again: for him the history may grow for as long as
  /// [#PERIOD_NANOS], to twice its length.
  ///
  /// - `bytes`: how long it is.
  /// - `nanos`: since the last round began.
  static boolean due(long bytes, long nanos) {
    return bytes > HISTORY_SIZE_MAX || (bytes > HISTORY_SIZE && nanos >= PERIOD_NANOS);
  }

  /// One round, on the caller's thread: its own, or the only one there is. False if the tier could
  /// not be written.
  synchronized boolean runNow() {
    long number = requests.begin();
    long beginNanos = engine.clock().monotonicNanos();
    beganNanos = beginNanos;
    long keysBefore = copies.writtenCount();
    running = true;
    wanted = false;
    RuntimeException failure = null;
    try {
      round();
      if (failing) {
        LOG.info("Checkpoints succeed again");
      }
    } catch (Fault.ReadOnly full) {
      failure = full;
      if (!failing) {
        LOG.error("A checkpoint failed, and is tried again: {}", full.getMessage());
      }
      retryAtNanos = engine.clock().monotonicNanos() + RETRY_NANOS;
    } finally {
      failing = failure != null;
      running = false;
    }
    long nanos = engine.clock().monotonicNanos() - beginNanos;
    engine.work().checkpoint(nanos, copies.writtenCount() - keysBefore, failure != null);
    requests.end(number, failure);
    return failure == null;
  }

  /// Copies the store as it is at some moment of the call into a data directory of its own: a
  /// checkpoint, by hard links where the file system can, and the history since. Any thread but
  /// event loops; no round begins meanwhile.
  synchronized void backup(Disk target) throws IOException {
    if (!runNow()) {
      throw new Fault.ReadOnly("no checkpoint could be made for the backup");
    }
    tier.copyTo(target.path().resolve(DataDirectory.TIER));
    log.copyTo(target.directory(DataDirectory.HISTORY), lsn, log.complete());
    DataDirectory.writeVersion(target);
    target.sync();
  }

  /// Copies what a checkpoint has, which is taken first, and keeps the history from there on until
  /// [#unpin]: the first part of a backup that goes on. Any thread but event loops.
  ///
  /// - returns: where the history begins that belongs to the copy.
  synchronized long backupTier(Disk target) throws IOException {
    if (!runNow()) {
      throw new Fault.ReadOnly("no checkpoint could be made for the backup");
    }
    tier.copyTo(target.path().resolve(DataDirectory.TIER));
    pinned = lsn;
    return lsn;
  }

  /// Copies what a checkpoint has, which is taken first, to a directory that does not exist. Any
  /// thread but event loops; no round begins meanwhile.
  ///
  /// - returns: where the history begins that belongs to the copy.
  synchronized long copyTier(Path target) {
    if (!runNow()) {
      throw new Fault.ReadOnly("no checkpoint could be made for the copy");
    }
    tier.copyTo(target);
    return lsn;
  }

  /// Lets go of the history that was kept for a backup.
  synchronized void unpin() {
    pinned = NOTHING_PINNED;
  }

  /// Does something while no round goes on: a store that is taken back. Any thread but event loops.
  ///
  /// - throws what the action throws.
  synchronized <T> T between(Supplier<T> action) {
    return action.get();
  }

  /// The store is as the tier has it, which may be another tier than before. Within [#between].
  void restart(Baseline baseline) {
    known.clear();
    known.addAll(baseline.stored());
    lsn = baseline.checkpointLsn();
    mappedLsn = baseline.mappingLsn();
    lastMillis = baseline.millis();
  }

  // ---- a round ----

  private void round() {
    long changes = engine.count(Counter.CHANGES);
    long beginNanos = engine.clock().monotonicNanos();
    long first = log.tail();
    for (Database data : databases()) {
      collect(data);
    }
    write();
    finish(first);
    savedChanges = changes;
    lastNanos = engine.clock().monotonicNanos() - beginNanos;
    rounds.incrementAndGet();
  }

  /// The databases as they are now, whatever their numbers will be. What one that is made later has
  /// is not of this round.
  private List<Database> databases() {
    List<Database> all = new ArrayList<>();
    tx.begin(engine.clock().wallMillis(), 0);
    tx.slots().add(Libraries.SLOT);
    tx.lock();
    try {
      for (int index = 0; index < keyspace.count(); index++) {
        Database data = keyspace.find(index);
        if (data != null) {
          all.add(data);
        }
      }
    } finally {
      tx.end();
    }
    return all;
  }

  private void collect(Database data) {
    TierCounts counts = data.counts();
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      if (counts.dirty(slot) > 0) {
        collect(data, slot);
        if (copies.size() >= BATCH_SIZE || copies.count() >= BATCH_COUNT) {
          write();
        }
      }
    }
    write();
  }

  /// Copies what is dirty in a slot, in steps; writes in between if it is a lot.
  private void collect(Database data, int slot) {
    if (busyFirst == NOBODY) {
      busyFirst = slot;
    }
    busyLast = slot;
    long position = 0;
    do {
      tx.begin(engine.clock().wallMillis(), 0);
      tx.slots().add(slot);
      tx.lock();
      try {
        position = copies.collect(data, slot, position, RECORDS_PER_LOCK);
      } finally {
        tx.end();
      }
      if (copies.size() >= BATCH_SIZE) {
        writeBatch();
      }
    } while (position != 0);
  }

  /// Writes the copies; their slots are no longer busy.
  private void write() {
    try {
      writeBatch();
    } finally {
      busyLast = NOBODY;
      busyFirst = NOBODY;
    }
  }

  private void writeBatch() {
    if (copies.count() == 0) {
      return;
    }
    try {
      log.awaitDurable(copies.lsn());
      known.addAll(copies.databases());
      tier.write(copies.batch());
    } catch (RuntimeException failure) {
      copies.restore();
      throw failure;
    }
    copies.written();
  }

  /// Notes what the round has achieved, in the tier and in the log.
  private void finish(long first) {
    TierBatch batch = new TierBatch();
    TierMeta meta = meta(first);
    batch.meta(meta);
    List<Integer> gone = new ArrayList<>(known);
    gone.removeAll(meta.ids());
    gone.forEach(batch::drop);
    log.awaitDurable(Math.min(meta.mappingLsn(), log.tail()));
    tier.write(batch);
    tier.flush();
    gone.forEach(known::remove);
    lsn = meta.checkpointLsn();
    lastMillis = meta.millis();
    long kept = Math.max(0, log.tail() - retention);
    log.truncateBefore(Math.min(Math.min(lsn, pinned), kept));
  }

  /// The databases and the libraries as they are now. The lock of [Libraries#SLOT] keeps both in
  /// place.
  private TierMeta meta(long first) {
    tx.begin(engine.clock().wallMillis(), 0);
    tx.slots().add(Libraries.SLOT);
    tx.lock();
    try {
      List<Integer> ids = new ArrayList<>();
      for (int index = 0; index < keyspace.count(); index++) {
        ids.add(keyspace.id(index));
      }
      long tail = log.tail();
      Invariant.check(tail >= first, "the tail of the log went back");
      long now = engine.clock().wallMillis();
      // What was read from the tier may be ahead of a history that is not all here yet.
      long mapping = Math.max(tail, mappedLsn);
      return new TierMeta(first, mapping, ids, keyspace.nextId(), now, engine.libraries().all());
    } finally {
      tx.end();
    }
  }
}
