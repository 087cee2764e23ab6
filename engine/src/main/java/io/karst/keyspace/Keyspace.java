package io.karst.keyspace;

import io.karst.base.Limits;
import io.karst.memory.Hasher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// All databases, and the locks of their slots.
///
/// A database has a *number*, from 0, by which clients know it, and an *id*, which no other
/// database ever has: emptying one puts another in its place, and exchanging two exchanges their
/// numbers.
///
/// A database is made when it is first written to. Replacing one as a whole ([#detach], [#swap])
/// is for who holds every lock; therefore whoever holds any lock sees the same databases until it
/// lets go.
public final class Keyspace {
  private final Hasher hasher;
  private final SlotLock[] locks = new SlotLock[Limits.SLOTS];
  private final AtomicReferenceArray<@Nullable Database> databases;
  private final AtomicIntegerArray ids;
  private final SlotLock turn = new SlotLock();
  private final LongHolds longHolds = new LongHolds();
  private final SlotLsns lsns = new SlotLsns();
  private final boolean tiered;
  private volatile int nextId;

  /// How often all databases have been taken out. Written under all locks.
  private volatile int era;

  /// - `count`: the number of databases, at least 1.
  /// - `hasher`: seeded with a secret of this process.
  /// - `tiered`: whether there is a disk tier.
  public Keyspace(int count, Hasher hasher, boolean tiered) {
    this.hasher = hasher;
    this.tiered = tiered;
    this.databases = new AtomicReferenceArray<>(count);
    this.ids = new AtomicIntegerArray(count);
    this.nextId = count;
    for (int index = 0; index < count; index++) {
      ids.set(index, index);
    }
    for (int slot = 0; slot < locks.length; slot++) {
      locks[slot] = new SlotLock();
    }
  }

  public Hasher hasher() {
    return hasher;
  }

  /// The number of databases.
  public int count() {
    return databases.length();
  }

  public SlotLock lock(int slot) {
    return locks[slot];
  }

  /// What whoever waits for a slot's lock with others in hand has to hold; before any of them.
  public SlotLock turn() {
    return turn;
  }

  /// The slots that are held for long.
  public LongHolds longHolds() {
    return longHolds;
  }

  /// Up to where the history has to be safe, slot by slot.
  public SlotLsns lsns() {
    return lsns;
  }

  /// A database that may never have been written to. Any thread.
  public @Nullable Database find(int index) {
    return databases.get(index);
  }

  /// A database to write to. Under the lock of at least one slot.
  public Database database(int index) {
    Database found = databases.get(index);
    if (found != null) {
      return found;
    }
    TierCounts counts =
        tiered ? new TierCounts(new int[Limits.SLOTS], new int[Limits.SLOTS], era) : null;
    Database fresh = new Database(hasher, ids.get(index), counts);
    Database other = databases.compareAndExchange(index, null, fresh);
    return other == null ? fresh : other;
  }

  /// The id of the database that has a number. Under the lock of at least one slot.
  public int id(int index) {
    return ids.get(index);
  }

  /// The number of the database with an id, or -1 if it is gone. Under the lock of at least one
  /// slot.
  public int indexOf(int id) {
    for (int index = 0; index < ids.length(); index++) {
      if (ids.get(index) == id) {
        return index;
      }
    }
    return -1;
  }

  /// Whether a database has a number still; it has as long as the lock of any slot is held.
  public boolean has(Database data) {
    for (int index = 0; index < databases.length(); index++) {
      if (data.equals(databases.get(index))) {
        return true;
      }
    }
    return false;
  }

  /// Takes all databases out, as the store is taken back to what the tier has; their numbers are to
  /// be [#restore]d. Under all locks.
  @SuppressWarnings("NonAtomicVolatileUpdate") // Under all locks.
  public List<Database> forget() {
    era++;
    lsns.reset();
    List<Database> all = new ArrayList<>();
    for (int index = 0; index < databases.length(); index++) {
      Database data = databases.getAndSet(index, null);
      if (data != null) {
        all.add(data);
      }
    }
    return all;
  }

  /// Gives a number to a database of which the tier has keys, none of them in memory. Before
  /// anybody uses it, or under all locks.
  ///
  /// - `stored`, `storedExpiring`: how many keys of each slot the tier has, and with an expiry.
  public void restore(int index, int id, int[] stored, int[] storedExpiring) {
    ids.set(index, id);
    databases.set(index, new Database(hasher, id, new TierCounts(stored, storedExpiring, era)));
  }

  /// Sets the id of the next database to be made. Before anybody uses it, or under all locks.
  public void nextId(int id) {
    nextId = id;
  }

  /// The id of the next database to be made.
  public int nextId() {
    return nextId;
  }

  /// Takes a database out, leaving an empty one of the id `freshId` in its place. Under all locks.
  public @Nullable Database detach(int index, int freshId) {
    ids.set(index, freshId);
    nextId = Math.max(nextId, freshId + 1);
    return databases.getAndSet(index, null);
  }

  /// Exchanges two databases. Under all locks.
  public void swap(int first, int second) {
    Database moved = databases.get(first);
    databases.set(first, databases.get(second));
    databases.set(second, moved);
    int id = ids.get(first);
    ids.set(first, ids.get(second));
    ids.set(second, id);
  }
}
