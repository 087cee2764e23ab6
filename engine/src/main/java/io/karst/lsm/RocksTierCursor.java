package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/// The keys of a database, in order. Large payloads are fetched when they are asked for.
final class RocksTierCursor implements TierCursor {
  private final RocksStore store;
  private final TierReader reader;
  private final int database;
  private final boolean reverse;
  private final boolean headersOnly;
  private final Range range;
  private final byte @Nullable [] seekTo;
  private final byte[] header = new byte[TierFormat.HEADER_SIZE_MAX];
  private boolean begun;
  private @Nullable Bytes key;

  RocksTierCursor(TierReader reader, int database, @Nullable Bytes from, Direction direction) {
    this.reader = reader;
    this.store = reader.store();
    this.database = database;
    this.reverse = direction.reverse();
    this.headersOnly = direction.headersOnly();
    seekTo = from == null ? null : TierKeys.data(database, from);
    byte[] first = TierKeys.first(database);
    byte[] end = TierKeys.end(database);
    range = new Range(store, store.data, first, end, !headersOnly);
    store.register(this);
  }

  /// How a cursor goes, and what it reads.
  record Direction(boolean reverse, boolean headersOnly) {}

  @Override
  public boolean next() {
    store.enter();
    try {
      advance();
      key = range.atEntry() ? TierKeys.keyOfData(range.iterator.key()) : null;
      return key != null;
    } finally {
      store.leave();
    }
  }

  @Override
  public Bytes key() {
    if (key == null) {
      throw Invariant.violated("the cursor is not at a key");
    }
    return key;
  }

  @Override
  public Stored stored() {
    Bytes here = key();
    store.enter();
    try {
      if (headersOnly) {
        int length = Math.min(range.iterator.value(header), header.length);
        return StoredCodec.decode(database, here, header, length, true);
      }
      return reader.complete(database, here, range.iterator.value(), range.options);
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

  private void advance() {
    RocksIterator iterator = range.iterator;
    if (begun) {
      step(iterator);
    } else {
      begun = true;
      begin(iterator);
    }
  }

  private void begin(RocksIterator iterator) {
    if (seekTo == null && reverse) {
      iterator.seekToLast();
    } else if (seekTo == null) {
      iterator.seekToFirst();
    } else if (reverse) {
      iterator.seekForPrev(seekTo);
    } else {
      iterator.seek(seekTo);
    }
  }

  private void step(RocksIterator iterator) {
    Invariant.check(key != null, "the cursor is past its end");
    if (reverse) {
      iterator.prev();
    } else {
      iterator.next();
    }
  }
}
