package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.base.RoughOrder;
import io.karst.base.Xxh3;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Turns a [TierBatch] into a batch of RocksDB and writes it.
///
/// Holds the invariants between the families: each key of `data` has one entry in `slots`, each
/// that expires, or has elements that do, one in `expiry`, each large one its payload in `large`,
/// each part of what is beside a payload one in `amendments`, and there is nothing else in the
/// four.
///
/// Thread: the writer's, between [RocksStore#enter] and [RocksStore#leave].
final class BatchWriter {
  private static final byte[] NOTHING = {};
  private static final long NO_EXPIRY = -1;

  private final RocksStore store;
  private final TierReader reader;
  private final ExpiryFloors floors;

  /// Whether the family `large` may have entries.
  private boolean anyLarge;

  BatchWriter(TierReader reader, ExpiryFloors floors) {
    this.reader = reader;
    this.store = reader.store();
    this.floors = floors;
    anyLarge = store.db.getColumnFamilyMetaData(store.large).fileCount() > 0;
  }

  /// Writes all of a batch, or nothing.
  void write(TierBatch batch) throws RocksDBException {
    floors.beginWrite();
    try (WriteBatch writes = new WriteBatch()) {
      change(writes, batch);
      putCounts(writes, batch);
      for (int database : batch.dropped()) {
        drop(writes, database);
      }
      TierMeta meta = batch.meta();
      if (meta != null) {
        writes.put(store.meta, TierKeys.state(), MetaCodec.encodeState(meta));
        byte[] libraries = MetaCodec.encodeLibraries(meta.libraries());
        writes.put(store.meta, TierKeys.libraries(), libraries);
      }
      store.db.write(store.writing, writes);
      batch.dropped().forEach(floors::drop);
    } finally {
      floors.endWrite();
    }
  }

  /// Each family about in its order: what is inserted near what came before it costs RocksDB's
  /// memtable a few steps instead of a search from its top ([RocksOptions#data]). The order of
  /// `slots` is that of the batch.
  private void change(WriteBatch writes, TierBatch batch) throws RocksDBException {
    List<TierBatch.Place> places = new ArrayList<>(batch.changes().keySet());
    List<TierBatch.Change> changes = new ArrayList<>(batch.changes().values());
    List<Bytes> keys = places.stream().map(TierBatch.Place::key).toList();
    BitSet inSlots = new BitSet(places.size());
    for (int i : RoughOrder.of(keys)) {
      inSlots.set(i, change(writes, places.get(i), changes.get(i)));
    }
    for (int i = inSlots.nextSetBit(0); i >= 0; i = inSlots.nextSetBit(i + 1)) {
      changeSlot(writes, places.get(i), changes.get(i).stored());
    }
  }

  /// Whether the key's entry in `slots` changes, too.
  private boolean change(WriteBatch writes, TierBatch.Place place, TierBatch.Change change)
      throws RocksDBException {
    Stored stored = change.stored();
    Stored before = before(place, change);
    byte[] dataKey = TierKeys.data(place.database(), place.key());
    if (stored != null) {
      writes.put(store.data, dataKey, StoredCodec.encode(stored));
    } else if (change.present()) {
      writes.delete(store.data, dataKey);
    }
    changeLarge(writes, dataKey, place, change);
    changeExpiry(writes, place, due(before), due(stored));
    return expiry(before) != expiry(stored) || change.present() != (stored != null);
  }

  private static long due(@Nullable Stored stored) {
    return stored == null ? NO_EXPIRY : stored.dueMillis();
  }

  private static long expiry(@Nullable Stored stored) {
    return stored == null ? NO_EXPIRY : stored.expiryMillis();
  }

  private void changeLarge(
      WriteBatch writes, byte[] dataKey, TierBatch.Place place, TierBatch.Change change)
      throws RocksDBException {
    Stored stored = change.stored();
    if (stored != null && stored.amended() != null) {
      amend(writes, dataKey, place, stored.amended());
      return;
    }
    boolean replaced =
        change.present() && anyLarge && store.db.keyMayExist(store.large, dataKey, null);
    if (replaced) {
      deleteParts(writes, dataKey, place);
    }
    if (stored != null && StoredCodec.isLarge(stored)) {
      writes.put(store.large, dataKey, StoredCodec.encodeLarge(stored));
      anyLarge = true;
    } else if (replaced) {
      writes.delete(store.large, dataKey);
    }
  }

  /// The payload stays as it is, and so do all parts but the last. What the tier has is looked at:
  /// to add to another payload would damage it.
  private void amend(WriteBatch writes, byte[] dataKey, TierBatch.Place place, Amended amended)
      throws RocksDBException {
    Stored before = reader.header(place.database(), place.key());
    int count = before == null || before.amended() == null ? 0 : before.amended().count();
    int kept = amended.count() - amended.parts().size();
    Invariant.check(
        before != null && before.baseLsn() == amended.baseLsn() && count >= kept,
        () -> place + " is not what is amended: " + before);
    for (Bytes part : amended.parts()) {
      writes.put(
          store.amendments, TierKeys.part(dataKey, kept), StoredCodec.encodePart(amended, part));
    }
  }

  /// What is beside a payload goes with it.
  private void deleteParts(WriteBatch writes, byte[] dataKey, TierBatch.Place place)
      throws RocksDBException {
    Stored before = reader.header(place.database(), place.key());
    Amended amended = before == null ? null : before.amended();
    for (int number = 0; amended != null && number < amended.count(); number++) {
      writes.delete(store.amendments, TierKeys.part(dataKey, number));
    }
  }

  private void changeExpiry(WriteBatch writes, TierBatch.Place place, long before, long after)
      throws RocksDBException {
    int database = place.database();
    if (before == after) {
      return;
    }
    if (before != NO_EXPIRY) {
      writes.delete(store.expiry, TierKeys.expiry(database, before, place.key()));
    }
    if (after != NO_EXPIRY) {
      floors.lower(database, after);
      writes.put(store.expiry, TierKeys.expiry(database, after, place.key()), NOTHING);
    }
  }

  private void changeSlot(WriteBatch writes, TierBatch.Place place, @Nullable Stored stored)
      throws RocksDBException {
    Bytes key = place.key();
    byte[] slotKey = TierKeys.slot(place.database(), place.slot(), Xxh3.hash(key), key);
    if (stored == null) {
      writes.delete(store.slots, slotKey);
    } else {
      writes.put(store.slots, slotKey, StoredCodec.encodeExpiry(stored.expiryMillis()));
    }
  }

  /// What the tier has of a key, without the value, if it stands in the index of expiries. Most
  /// keys do not and need no read.
  private @Nullable Stored before(TierBatch.Place place, TierBatch.Change change)
      throws RocksDBException {
    if (!change.listed() && !Invariant.VERIFY) {
      return null;
    }
    Stored header = reader.header(place.database(), place.key());
    Invariant.check(
        change.present() == (header != null)
            && change.indexed() == (header != null && header.expires())
            && change.listed() == (header != null && header.isListed()),
        () -> place + " is not in the tier as the batch says: " + header);
    return header;
  }

  private void putCounts(WriteBatch writes, TierBatch batch) throws RocksDBException {
    Map<Bytes, byte[]> blocks = new HashMap<>();
    for (TierBatch.Count count : batch.counts()) {
      int block = count.slot() / TierFormat.BLOCK_SLOTS;
      Bytes key = Bytes.of(TierKeys.counts(count.database(), block));
      byte[] value = blocks.get(key);
      if (value == null) {
        byte[] stored = store.db.get(store.meta, store.reading, key.toArray());
        value = stored == null ? new byte[TierFormat.BLOCK_SIZE] : stored;
        blocks.put(key, value);
      }
      MetaCodec.putCount(value, count);
    }
    for (Map.Entry<Bytes, byte[]> block : blocks.entrySet()) {
      writes.put(store.meta, block.getKey().toArray(), block.getValue());
    }
  }

  /// After everything else in the batch: what that says of the database is gone as well.
  private void drop(WriteBatch writes, int database) throws RocksDBException {
    byte[] first = TierKeys.first(database);
    byte[] end = TierKeys.end(database);
    writes.deleteRange(store.data, first, end);
    writes.deleteRange(store.expiry, first, end);
    writes.deleteRange(store.large, first, end);
    writes.deleteRange(store.amendments, first, end);
    writes.deleteRange(store.slots, first, end);
    writes.deleteRange(
        store.meta, TierKeys.counts(database, 0), TierKeys.counts(database, TierFormat.BLOCKS));
  }
}
