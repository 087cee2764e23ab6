package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import org.jspecify.annotations.Nullable;

/// Keys that are due, by the index of expiries; the databases one after the other.
final class RocksDueCursor implements DueCursor {
  private final RocksStore store;
  private final ExpiryFloors floors;
  private final long nowMillis;
  private int database = -1;
  private @Nullable Range range;
  private byte @Nullable [] entry;

  /// Between [RocksStore#enter] and [RocksStore#leave].
  RocksDueCursor(RocksStore store, ExpiryFloors floors, long nowMillis) {
    this.store = store;
    this.floors = floors;
    this.nowMillis = nowMillis;
    store.register(this);
  }

  @Override
  public boolean next() {
    store.enter();
    try {
      if (range != null) {
        range.iterator.next();
        if (atDue(range)) {
          return true;
        }
      }
      return nextDatabase();
    } finally {
      store.leave();
    }
  }

  @Override
  public long expiryMillis() {
    return TierKeys.millisOfExpiry(entry());
  }

  @Override
  public int database() {
    return TierKeys.database(entry());
  }

  @Override
  public Bytes key() {
    return TierKeys.keyOfExpiry(entry());
  }

  @Override
  public void close() {
    if (store.enterToClose(this)) {
      closeRange();
      store.leave();
    }
  }

  /// Goes on to the first key that is due in a later database.
  private boolean nextDatabase() {
    closeRange();
    ExpiryFloors.Floor floor = floors.after(database);
    while (floor != null) {
      database = floor.database();
      if (floor.millis() <= nowMillis && beginAt(floor)) {
        return true;
      }
      floor = floors.after(database);
    }
    return false;
  }

  private boolean beginAt(ExpiryFloors.Floor floor) {
    long version = floors.version();
    byte[] from = TierKeys.expiry(database, floor.millis(), Bytes.EMPTY);
    Range fresh = new Range(store, store.expiry, from, TierKeys.end(database), false);
    range = fresh;
    fresh.iterator.seekToFirst();
    boolean due = atDue(fresh);
    long first = entry == null ? Long.MAX_VALUE : TierKeys.millisOfExpiry(entry);
    floors.raise(database, first, version);
    if (!due) {
      closeRange();
    }
    return due;
  }

  /// Reads the entry the iterator is at; whether it is due.
  private boolean atDue(Range at) {
    entry = at.atEntry() ? at.iterator.key() : null;
    return entry != null && TierKeys.millisOfExpiry(entry) <= nowMillis;
  }

  private void closeRange() {
    if (range != null) {
      range.close();
      range = null;
    }
    entry = null;
  }

  private byte[] entry() {
    if (entry == null) {
      throw Invariant.violated("the cursor is not at a key");
    }
    return entry;
  }
}
