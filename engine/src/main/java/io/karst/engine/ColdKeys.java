package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.keyspace.TierCounts;
import io.karst.lsm.Stored;
import io.karst.memory.Limit;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One transaction's keys that are not in memory while the disk tier has cold keys in their slots.
///
/// They are read without any lock, then put into memory under the locks of their slots. In between
/// anybody may have loaded, changed and dropped them again; [TierCounts#drops] tells: as long as
/// nothing was dropped from a slot, what is still not in memory is in the tier as it was read.
/// What the tier does not have either is remembered until the transaction ends, as nobody can make
/// it under the locks but the transaction itself.
///
/// Thread: its transaction's.
final class ColdKeys {
  /// How often is read without the locks what others drop again meanwhile, before it is read under
  /// them.
  private static final int ROUNDS_MAX = 8;

  private final Engine engine;
  private final Keyspace keyspace;
  private final SlotLocks locks;
  private final Records records;

  /// Keys that exist neither in memory nor in the tier.
  private final List<Place> absent = new ArrayList<>();

  /// Keys that are to leave memory at the end of the transaction, which passes its limit.
  private final List<Place> passing = new ArrayList<>();

  /// What lets this transaction, or the next, pass the limit of memory with what it reads.
  private @Nullable Overdraft overdraft;

  /// Whether the latest [#lock] has found no room.
  private boolean cramped;

  private record Place(int database, Bytes key) {}

  ColdKeys(Engine engine, SlotLocks locks, Records records) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.locks = locks;
    this.records = records;
  }

  /// Begins anew.
  void forget() {
    if (!absent.isEmpty()) {
      absent.clear();
    }
  }

  /// Whether there was no room for what the latest [#lock] has read.
  boolean cramped() {
    return cramped;
  }

  /// Lets what the next transaction reads pass the limit of memory.
  void overdraw(Overdraft granted) {
    overdraft = granted;
  }

  /// Drops what was read beyond the limit from memory again, unless it was changed. Under the
  /// locks.
  void release() {
    for (int i = 0; i < passing.size(); i++) {
      Place place = passing.get(i);
      Key key = Key.of(place.key());
      key.hash(keyspace.hasher());
      Database data = keyspace.find(place.database());
      long record = data == null ? Record.NONE : data.find(key);
      if (record != Record.NONE && !Record.tombstone(record)) {
        records.residency().spill(place.database(), key, record);
      }
    }
    if (!passing.isEmpty()) {
      passing.clear();
    }
  }

  /// After the transaction, when what it took out of memory is free.
  void finish() {
    if (!records.keepsLimit()) {
      records.limit(Limit.KEPT);
    }
    Overdraft ending = overdraft;
    if (ending != null) {
      overdraft = null;
      records.magazine().flush(); // What has come free is what passes the limit.
      ending.end();
    }
  }

  /// Whether any of the keys has to be read from the tier. Under the locks of their slots.
  boolean missing(int database, Key[] keys, int count) {
    Database data = keyspace.find(database);
    if (data == null || data.tier() == null) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (missing(data, database, keys[i])) {
        return true;
      }
    }
    return false;
  }

  /// Takes the locks of the set, in which the slots of the keys are, with everything that the tier
  /// has of the keys in memory. Blocks.
  ///
  /// - throws [io.karst.base.Fault.OutOfMemory] if memory has no room for them; no lock is held
  ///   then.
  void lock(int database, Key[] keys, int count) {
    cramped = false;
    locks.lock();
    try {
      for (int round = 0; round < ROUNDS_MAX && missing(database, keys, count); round++) {
        fetch(database, keys, count);
      }
      for (Key key : wanted(database, keys, count)) {
        find(database, key);
      }
    } catch (Throwable failure) {
      cramped = failure instanceof Fault.OutOfMemory;
      locks.unlock();
      throw failure;
    }
  }

  /// Reads what is wanted, without the locks, and loads it. As the locks are released, nothing is
  /// known any more of keys that were found absent before.
  private void fetch(int database, Key[] keys, int count) {
    absent.clear();
    List<Key> wanted = wanted(database, keys, count);
    int id = keyspace.id(database);
    List<TierReads.Read> reads = new ArrayList<>(wanted.size());
    for (Key key : wanted) {
      reads.add(new TierReads.Read(id, key.bytes(), drops(database, key)));
    }
    locks.unlock();
    List<@Nullable Stored> found;
    try {
      found = engine.reads().getAll(reads);
    } finally {
      locks.lock();
    }
    checkSize(found);
    for (int i = 0; i < reads.size() && keyspace.id(database) == id; i++) {
      Key key = wanted.get(i);
      if (drops(database, key) == reads.get(i).drops() && missing(database, key)) {
        settle(database, key, found.get(i));
      }
      found.set(i, null); // It is in memory, and need not be on the heap as well.
    }
  }

  /// Refuses at once what cannot be in memory together, before everything is evicted for it.
  private void checkSize(List<@Nullable Stored> found) {
    long sum = 0;
    for (Stored stored : found) {
      sum += stored == null ? 0 : stored.size();
    }
    if (overdraft == null && sum > engine.eviction().marks().low()) {
      throw new Fault.OutOfMemory(sum, sum + " bytes of one command from disk");
    }
  }

  /// The record of a key that is not in memory, while its slot has cold keys; [Record#NONE] if
  /// there is none. Of a key that was not known when the locks were taken: reads under the lock,
  /// and is not for event loops.
  long find(int database, Key key) {
    if (knownAbsent(database, key)) {
      return Record.NONE;
    }
    int id = keyspace.id(database);
    return settle(database, key, engine.tier().get(id, key.bytes()));
  }

  /// Takes over what the tier has of a key that is not in memory: its record, or [Record#NONE].
  long settle(int database, Key key, @Nullable Stored stored) {
    if (stored != null) {
      long record =
          overdraft == null
              ? records.residency().load(database, key, stored)
              : loadBeyond(database, key, stored);
      records.accesses.loaded(record);
      return record;
    }
    absent.add(new Place(database, key.bytes()));
    return Record.NONE;
  }

  private long loadBeyond(int database, Key key, Stored stored) {
    records.magazine().limit(Limit.RAISED);
    try {
      long record = records.residency().load(database, key, stored);
      passing.add(new Place(database, key.bytes()));
      return record;
    } finally {
      records.limit();
    }
  }

  private List<Key> wanted(int database, Key[] keys, int count) {
    List<Key> wanted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (missing(database, keys[i])) {
        wanted.add(keys[i]);
      }
    }
    return wanted;
  }

  /// As the other.
  boolean missing(int database, Key key) {
    Database data = keyspace.find(database);
    return data != null && missing(data, database, key);
  }

  private boolean missing(Database data, int database, Key key) {
    if (data.cold(key.slot()) == 0) {
      return false;
    }
    key.hash(keyspace.hasher());
    return data.find(key) == Record.NONE && !knownAbsent(database, key);
  }

  private boolean knownAbsent(int database, Key key) {
    for (int i = 0; i < absent.size(); i++) {
      Place place = absent.get(i);
      if (place.database() == database && place.key().equals(key.bytes())) {
        return true;
      }
    }
    return false;
  }

  private long drops(int database, Key key) {
    Database data = keyspace.find(database);
    TierCounts counts = data == null ? null : data.tier();
    return counts == null ? 0 : counts.drops(key.slot());
  }
}
