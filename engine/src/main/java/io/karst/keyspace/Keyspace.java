package io.karst.keyspace;

import io.karst.base.Limits;
import io.karst.memory.Hasher;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// All databases, and the locks of their slots.
///
/// A database is made when it is first written to. Replacing one as a whole ([#detach], [#swap])
/// is for who holds every lock; therefore whoever holds any lock sees the same databases until it
/// lets go.
public final class Keyspace {
  private final Hasher hasher;
  private final SlotLock[] locks = new SlotLock[Limits.SLOTS];
  private final AtomicReferenceArray<@Nullable Database> databases;

  /// - `count`: the number of databases, at least 1.
  /// - `hasher`: seeded with a secret of this process.
  public Keyspace(int count, Hasher hasher) {
    this.hasher = hasher;
    this.databases = new AtomicReferenceArray<>(count);
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
    Database fresh = new Database(hasher);
    Database other = databases.compareAndExchange(index, null, fresh);
    return other == null ? fresh : other;
  }

  /// Takes a database out, leaving an empty one in its place. Under all locks.
  public @Nullable Database detach(int index) {
    return databases.getAndSet(index, null);
  }

  /// Exchanges two databases. Under all locks.
  public void swap(int first, int second) {
    Database moved = databases.get(first);
    databases.set(first, databases.get(second));
    databases.set(second, moved);
  }
}
