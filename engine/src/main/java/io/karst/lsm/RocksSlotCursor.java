package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// The keys of a slot, by the index of slots.
final class RocksSlotCursor implements SlotCursor {
  private final RocksStore store;
  private final TierReader reader;
  private final int database;
  private final Range range;
  private boolean begun;
  private byte @Nullable [] entry;

  /// Between [RocksStore#enter] and [RocksStore#leave].
  RocksSlotCursor(TierReader reader, int database, int slot, long fromHash) {
    this.reader = reader;
    this.store = reader.store();
    this.database = database;
    byte[] from = TierKeys.slot(database, slot, fromHash, Bytes.EMPTY);
    range = new Range(store, store.slots, from, TierKeys.slotEnd(database, slot), true);
    store.register(this);
  }

  @Override
  public boolean next() {
    store.enter();
    try {
      if (begun) {
        Invariant.check(entry != null, "the cursor is past its end");
        range.iterator.next();
      } else {
        begun = true;
        range.iterator.seekToFirst();
      }
      entry = range.atEntry() ? range.iterator.key() : null;
      return entry != null;
    } finally {
      store.leave();
    }
  }

  @Override
  public long hash() {
    return TierKeys.hashOfSlot(entry());
  }

  @Override
  public Bytes key() {
    return TierKeys.keyOfSlot(entry());
  }

  @Override
  public int type() {
    store.enter();
    try {
      Stored header = reader.header(database, key(), range.options);
      if (header == null) {
        throw StoredCodec.damaged(database, key(), "is in the index of slots alone");
      }
      return header.type();
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    } finally {
      store.leave();
    }
  }

  @Override
  public long expiryMillis() {
    store.enter();
    try {
      return StoredCodec.decodeExpiry(range.iterator.value());
    } finally {
      store.leave();
    }
  }

  @Override
  public void close() {
    if (store.enterToClose(this)) {
      range.close();
      store.leave();
    }
  }

  private byte[] entry() {
    if (entry == null) {
      throw Invariant.violated("the cursor is not at a key");
    }
    return entry;
  }
}
