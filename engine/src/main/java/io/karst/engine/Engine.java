package io.karst.engine;

import io.karst.base.Clock;
import io.karst.base.Disk.DiskLock;
import io.karst.base.Fault;
import io.karst.engine.Counters.Counter;
import io.karst.history.Log;
import io.karst.keyspace.Database;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.Tier;
import io.karst.lsm.TierMeta;
import io.karst.memory.Allocator;
import io.karst.memory.Hasher;
import io.karst.value.Encodings;
import io.karst.value.LargeValue;
import io.karst.value.LargeValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The embeddable store: opens it, hands out transactions, and runs what goes on in the background.
///
/// ```java
/// try (Engine engine = Engine.open(EngineOptions.defaults(seed)); Tx tx = engine.newTx()) {
///   Key key = Key.of("greeting");
///   tx.begin(clock.wallMillis(), 0);
///   tx.slots().add(key.slot());
///   tx.lock();
///   try {
///     tx.putString(key, Bytes.utf8("hello"), Record.NO_EXPIRY);
///   } finally {
///     tx.end();
///   }
/// }
/// ```
///
/// Thread-safe, but for [#close], which comes after the last transaction has ended.
public final class Engine implements AutoCloseable {
  private final Clock clock;
  private final Keyspace keyspace;
  private final Allocator memory;
  private final LargeValues values = new LargeValues();
  private final BigKeys bigKeys = new BigKeys(values);
  private final Encodings encodings = new Encodings();
  private final Transactions transactions;
  private final Waiters waiters = new Waiters();
  private final Watches watches = new Watches();
  private final WorkTimes work = new WorkTimes();
  private final Libraries libraries = new Libraries();
  private final Observers observers = new Observers();
  private final Following following = new Following();
  private final @Nullable Tier tier;
  private final @Nullable DiskLock lock;
  private final @Nullable TierReads reads;
  private final Eviction eviction;
  private final Log log;
  private final Reclaimer reclaimer;
  private final Expiry expiry;
  private final @Nullable Checkpoints checkpoints;
  private final @Nullable Warmer warmer;
  private long replayed;
  private volatile int amendedFrom = Integer.MAX_VALUE;
  private volatile int stringLimit;

  private Engine(EngineOptions options) {
    clock = options.clock();
    stringLimit = options.stringLimit();
    SplittableRandom seeds = new SplittableRandom(options.seed());
    transactions = new Transactions(this, seeds);
    following.on(options.storage().follows());
    tier = options.storage().tier();
    lock = options.storage().lock();
    reads = tier == null ? null : new TierReads(tier);
    memory = Allocator.open(Long.MAX_VALUE);
    Hasher hasher = new Hasher(seeds.nextLong(), seeds.nextLong());
    keyspace = new Keyspace(options.databases(), hasher, tier != null);
    TierMeta meta = tier == null ? null : tier.meta();
    eviction = new Eviction(this);
    reclaimer = new Reclaimer(this);
    log = recoverOrClose(options.storage());
    work.follow(log);
    eviction.limit(options.memoryLimit());
    expiry = new Expiry(this);
    checkpoints = tier == null ? null : new Checkpoints(this, tier, meta);
    warmer = tier == null ? null : new Warmer(this);
    if (tier != null && log.keeps()) {
      amendedFrom = options.storage().amendedFrom();
    }
  }

  /// Opens a store: an empty one, or what its storage has.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly], [io.karst.lsm.DamagedException] or what its storage
  ///   throws if that cannot be read; nothing has changed then.
  public static Engine open(EngineOptions options) {
    Engine engine = new Engine(options);
    engine.leaveHistory();
    if (options.maintenance()) {
      engine.expiry.start();
      engine.reclaimer.start();
      engine.eviction.start();
      if (engine.checkpoints != null) {
        engine.checkpoints.start();
      }
      if (engine.warmer != null) {
        engine.warmer.start();
      }
    }
    return engine;
  }

  /// Where no history is kept from now on, the one that was replayed ends in a checkpoint before
  /// anything changes. A later round that a crash cuts short would leave deletions in the tier that
  /// no history tells of, and older effects on such keys would make of them what they never were.
  private void leaveHistory() {
    if (checkpoints != null && !log.keeps() && replayed > 0 && !checkpoints.runNow()) {
      closeUnsaved();
      throw new Fault.ReadOnly("the history could not be brought to the disk tier");
    }
  }

  private Log recoverOrClose(Storage storage) {
    try {
      return recover(storage);
    } catch (RuntimeException failure) {
      reclaimer.close();
      if (reads != null) {
        reads.close();
      }
      memory.close();
      closeDisk();
      throw failure;
    }
  }

  /// Takes over what the storage has, whatever memory that takes, and opens the log.
  private Log recover(Storage storage) {
    Recovery recovery = new Recovery(this, tier, silentTx());
    try {
      return storage.history().open(recovery.restore(), recovery);
    } finally {
      replayed = recovery.effects();
      recovery.close();
    }
  }

  /// A transaction for a worker of its own; the worker closes it when it ends.
  public Tx newTx() {
    return transactions.open(log);
  }

  /// A transaction that makes no effects, for who changes nothing that anybody can see, or what the
  /// history has already.
  Tx silentTx() {
    return transactions.open(Log.NONE);
  }

  /// A transaction for one command off the event loops; to be given back with [#giveBack].
  public Tx borrow() {
    return transactions.borrow();
  }

  /// Takes back what [#borrow] gave, after its end.
  public void giveBack(Tx tx) {
    transactions.giveBack(tx);
  }

  /// The native memory of this store.
  public Allocator memory() {
    return memory;
  }

  /// Who waits for keys.
  public Waiters waiters() {
    return waiters;
  }

  /// Who watches keys.
  public Watches watches() {
    return watches;
  }

  public BigKeys bigKeys() {
    return bigKeys;
  }

  /// How long work in the background takes.
  public WorkTimes work() {
    return work;
  }

  /// The libraries of functions.
  public Libraries libraries() {
    return libraries;
  }

  /// Who is told what happens to keys.
  public Observers observers() {
    return observers;
  }

  /// What goes when memory is short, and how much there may be.
  public Eviction eviction() {
    return eviction;
  }

  public Clock clock() {
    return clock;
  }

  /// The number of databases.
  public int databases() {
    return keyspace.count();
  }

  /// The number of keys in a database, those due and not yet removed included.
  public long size(int database) {
    Database data = keyspace.find(database);
    return data == null ? 0 : data.size();
  }

  /// The number of keys in a database that have an expiry.
  public long expiring(int database) {
    Database data = keyspace.find(database);
    return data == null ? 0 : data.expiring();
  }

  /// The mean of the time left to a sample of the keys that expire, in milliseconds; 0 if none do.
  public long averageTtlMillis(int database) {
    return expiry.averageTtlMillis(database);
  }

  public int stringLimit() {
    return stringLimit;
  }

  /// Changes the longest string a command may make, in bytes.
  public void stringLimit(int bytes) {
    stringLimit = bytes;
  }

  /// The sum of a counter over all workers; a moment old.
  public long count(Counter counter) {
    return transactions.count(counter);
  }

  /// Sets all counters but that of changes to 0; what is counted at the same moment may survive.
  public void resetCounters() {
    reclaimer.reclaimed().reset();
    transactions.resetCounters();
  }

  /// Whether due keys are removed in the background; they never show either way.
  public void activeExpiry(boolean on) {
    expiry.active(on);
  }

  /// Removes the keys that are due now; returns how many. For stores without maintenance.
  public long expireDue() {
    return expiry.pass();
  }

  /// Moves records out of sparse memory and gives that back to the operating system; returns the
  /// bytes given back. Blocks for as long as it takes; one caller at a time works.
  public long compact() {
    return compact(Reclaimer.SPARSE_ON_REQUEST, Long.MAX_VALUE, true);
  }

  /// See [Reclaimer#compact].
  long compact(double sparse, long bytes, boolean rests) {
    return reclaimer.compact(sparse, bytes, rests);
  }

  /// What is out of the keyspace, and freed in the background.
  public Reclaimed reclaimed() {
    return reclaimer.reclaimed();
  }

  /// Lets the transactions that nobody has borrowed give their free blocks to everyone.
  void flushIdle() {
    transactions.flushIdle();
  }

  /// Brings everything to the disk tier; returns when a whole round that began after the call is
  /// there. Blocks: not for event loops.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly] if the disk does not take it.
  /// - throws [IllegalStateException] if there is no tier.
  public void checkpoint() {
    saved().run();
  }

  private Checkpoints saved() {
    if (checkpoints == null) {
      throw new IllegalStateException("this store keeps its data in memory only");
    }
    return checkpoints;
  }

  /// Copies the store, as it is at some moment of the call, to a directory that is missing or
  /// empty: a data directory of its own. Blocks: not for event loops.
  ///
  /// - throws [IOException] or [io.karst.base.Fault.ReadOnly] if that fails; the directory is empty
  ///   again then, as far as it can be.
  public void backup(Path target) throws IOException {
    Checkpoints rounds = saved();
    var _ =
        BackupTarget.fill(
            target,
            disk -> {
              rounds.backup(disk);
              return disk;
            });
  }

  /// Begins a backup as [#backup], that is of the moment when it is sealed. At most one at a time.
  public GrowingBackup beginBackup(Path target) throws IOException {
    Checkpoints rounds = saved();
    return BackupTarget.fill(
        target, disk -> new GrowingBackup(this, disk, rounds.backupTier(disk)));
  }

  /// When the last checkpoint ended, in milliseconds since 1970; 0 if none ever did.
  public long lastCheckpointMillis() {
    return checkpoints == null ? 0 : checkpoints.lastMillis();
  }

  /// What the store keeps on disk, and what of it is in memory.
  public DiskStatus diskStatus() {
    return DiskStatus.of(this, keyspace, checkpoints);
  }

  /// How many changes of the history were made again when the store was opened.
  public long replayed() {
    return replayed;
  }

  /// Whether there is a disk tier.
  public boolean tiered() {
    return tier != null;
  }

  /// The history. For whoever has to wait until it is safe.
  public Log log() {
    return log;
  }

  /// From what size on the tier gets the changes to a collection instead of the whole of it; no
  /// size is large enough during recovery, nor where no effects are made that would tell them.
  int amendedFrom() {
    return amendedFrom;
  }

  /// Stops the background threads, brings everything to the disk tier, and gives all memory back.
  @Override
  public void close() {
    if (checkpoints != null) {
      checkpoints.runNow();
    }
    closeUnsaved();
  }

  /// As [#close], but what has changed since the last checkpoint is in the history only, if there
  /// is one: the next start makes these changes again.
  public void closeUnsaved() {
    abandon();
    log.close();
    closeDisk();
  }

  private void closeDisk() {
    if (tier != null) {
      tier.close();
    }
    if (lock != null) {
      lock.close();
    }
  }

  /// Gives the memory back and leaves the storage as it is, as the end of the process would.
  void abandon() {
    expiry.close();
    eviction.close();
    reclaimer.close();
    if (warmer != null) {
      warmer.close();
    }
    if (checkpoints != null) {
      checkpoints.close();
    }
    if (reads != null) {
      reads.close();
    }
    memory.close();
  }

  /// The disk tier; there is one.
  Tier tier() {
    return Objects.requireNonNull(tier);
  }

  TierReads reads() {
    return Objects.requireNonNull(reads);
  }

  /// The checkpoints; there is a tier.
  Checkpoints checkpoints() {
    return Objects.requireNonNull(checkpoints);
  }

  /// Asks for more clean records, soon.
  void wantClean() {
    if (checkpoints != null) {
      checkpoints.wanted();
    }
  }

  /// How long the history is that no checkpoint has yet, in bytes.
  long backlogBytes() {
    return checkpoints == null || !log.keeps() ? 0 : checkpoints.backlogBytes();
  }

  /// Whether something of a slot is on its way to the tier. Under the slot's lock.
  boolean busy(int slot) {
    return checkpoints != null && checkpoints.busy(slot);
  }

  Keyspace keyspace() {
    return keyspace;
  }

  /// Whether the store follows another.
  Following following() {
    return following;
  }

  /// Lets memory be filled again, as it is empty.
  void restartWarmer() {
    if (warmer != null) {
      warmer.restart();
    }
  }

  /// The collections that are too large to be packed.
  LargeValues values() {
    return values;
  }

  /// Up to what size collections are packed.
  public Encodings encodings() {
    return encodings;
  }

  void closed(Tx tx) {
    transactions.closed(tx);
  }

  void freeInBackground(long record) {
    reclaimer.free(record);
  }

  void freeInBackground(LargeValue value) {
    reclaimer.free(value);
  }

  void freeInBackground(Database database) {
    reclaimer.free(database);
  }
}
