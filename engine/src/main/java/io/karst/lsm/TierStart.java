package io.karst.lsm;

import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

/// What is done once, when a tier has been opened: its format is checked or written, and the
/// earliest expiry of each database is looked up.
final class TierStart {
  private TierStart() {}

  static void prepare(RocksStore store, BatchWriter writer, ExpiryFloors floors)
      throws RocksDBException {
    byte[] format = store.db.get(store.meta, store.reading, TierKeys.format());
    if (format == null) {
      create(store, writer);
      return;
    }
    int version = MetaCodec.decodeFormat(format);
    if (version > TierFormat.VERSION) {
      throw Failures.newerFormat("its format is " + version);
    }
    findFloors(store, floors);
  }

  private static void create(RocksStore store, BatchWriter writer) throws RocksDBException {
    if (store.db.getLatestSequenceNumber() != 0) {
      throw new DamagedException("the disk tier has lost the version of its format", null);
    }
    writer.writeFormat();
    try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
      store.db.flush(options, store.families());
    }
  }

  /// Looks at the first entry of each database that has one.
  private static void findFloors(RocksStore store, ExpiryFloors floors) {
    byte[] from = TierKeys.first(0);
    byte[] to = TierKeys.end(Integer.MAX_VALUE);
    try (Range entries = new Range(store, store.expiry, from, to, false)) {
      entries.iterator.seekToFirst();
      while (entries.atEntry()) {
        byte[] entry = entries.iterator.key();
        int database = TierKeys.database(entry);
        floors.lower(database, TierKeys.millisOfExpiry(entry));
        entries.iterator.seek(TierKeys.end(database));
      }
    }
  }
}
