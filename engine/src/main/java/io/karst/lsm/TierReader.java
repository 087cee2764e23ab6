package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/// Reads what there is of single keys and of the store as a whole. Thread-safe; between
/// [RocksStore#enter] and [RocksStore#leave].
final class TierReader {
  private static final int NOT_FOUND = -1;

  private final RocksStore store;

  TierReader(RocksStore store) {
    this.store = store;
  }

  RocksStore store() {
    return store;
  }

  @Nullable Stored get(int database, Bytes key) throws RocksDBException {
    byte[] value = store.db.get(store.data, store.reading, TierKeys.data(database, key));
    if (value == null) {
      return null;
    }
    Stored stored = StoredCodec.decode(database, key, value, value.length, false);
    if (!StoredCodec.isLarge(value)) {
      return stored;
    }
    Stored joined =
        StoredCodec.isAmended(value)
            ? null
            : StoredCodec.join(stored, large(database, key, store.reading));
    return joined != null ? joined : getConsistently(database, key);
  }

  @Nullable Stored header(int database, Bytes key) throws RocksDBException {
    return header(database, key, store.reading);
  }

  /// Only the header is copied out of RocksDB, whatever the size of the value.
  @Nullable Stored header(int database, Bytes key, ReadOptions options) throws RocksDBException {
    byte[] header = new byte[TierFormat.HEADER_SIZE_MAX];
    int size = store.db.get(store.data, options, TierKeys.data(database, key), header);
    if (size == NOT_FOUND) {
      return null;
    }
    return StoredCodec.decode(database, key, header, Math.min(size, header.length), true);
  }

  List<@Nullable Stored> getAll(int database, List<Bytes> keys, boolean headersOnly)
      throws RocksDBException {
    List<byte[]> dataKeys = new ArrayList<>(keys.size());
    for (Bytes key : keys) {
      dataKeys.add(TierKeys.data(database, key));
    }
    List<byte[]> values =
        store.db.multiGetAsList(
            store.reading, Collections.nCopies(keys.size(), store.data), dataKeys);
    List<@Nullable Stored> all = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      all.add(of(database, keys.get(i), values.get(i), headersOnly));
    }
    return all;
  }

  @Nullable TierMeta meta() throws RocksDBException {
    byte[] value = store.db.get(store.meta, store.reading, TierKeys.state());
    if (value == null) {
      return null;
    }
    byte[] libraries = store.db.get(store.meta, store.reading, TierKeys.libraries());
    return MetaCodec.decodeState(value, libraries == null ? new byte[0] : libraries);
  }

  /// See [Tier#databases].
  List<Integer> databases() {
    List<Integer> databases = new ArrayList<>();
    byte[] from = TierKeys.first(0);
    byte[] to = TierKeys.end(Integer.MAX_VALUE);
    try (Range keys = new Range(store, store.data, from, to, false)) {
      keys.iterator.seekToFirst();
      while (keys.atEntry()) {
        int database = TierKeys.database(keys.iterator.key());
        databases.add(database);
        keys.iterator.seek(TierKeys.end(database));
      }
    }
    return databases;
  }

  /// See [Tier#counts].
  int[][] counts(int database) {
    int[][] counts = new int[2][Limits.SLOTS];
    byte[] from = TierKeys.counts(database, 0);
    byte[] to = TierKeys.counts(database, TierFormat.BLOCKS);
    try (Range blocks = new Range(store, store.meta, from, to, false)) {
      for (blocks.iterator.seekToFirst(); blocks.atEntry(); blocks.iterator.next()) {
        int block = TierKeys.blockOfCounts(blocks.iterator.key());
        MetaCodec.readCounts(blocks.iterator.value(), block, counts);
      }
    }
    return counts;
  }

  /// The state of a key whose value in `data` is `value`, with its payload as `options` see it.
  Stored complete(int database, Bytes key, byte[] value, ReadOptions options) {
    Stored stored = StoredCodec.decode(database, key, value, value.length, false);
    if (!StoredCodec.isLarge(value)) {
      return stored;
    }
    Stored joined = StoredCodec.join(stored, large(database, key, options));
    if (joined == null) {
      throw StoredCodec.damaged(database, key, "has lost its payload");
    }
    return joined.amended() == null ? joined : withParts(database, key, joined, options);
  }

  /// The state with what is beside its payload.
  private Stored withParts(int database, Bytes key, Stored stored, ReadOptions options) {
    Amended amended = Objects.requireNonNull(stored.amended());
    List<Bytes> parts = new ArrayList<>();
    byte[] dataKey = TierKeys.data(database, key);
    for (int number = 0; number < amended.count(); number++) {
      byte[] value = apart(store.amendments, key, TierKeys.part(dataKey, number), options);
      Bytes part = StoredCodec.behindLsn(amended.baseLsn(), value);
      if (part == null) {
        throw StoredCodec.damaged(database, key, "has lost a part of its amendments");
      }
      parts.add(part);
    }
    return stored.with(
        stored.payload(), new Amended(amended.baseLsn(), amended.count(), List.copyOf(parts)));
  }

  /// - `value`: what a read of many keys has for this one. If that is nothing the key is read
  ///   alone: of many, RocksDB's Java classes hide that one could not be read.
  private @Nullable Stored of(int database, Bytes key, byte @Nullable [] value, boolean headersOnly)
      throws RocksDBException {
    if (value == null) {
      return headersOnly ? header(database, key) : get(database, key);
    }
    if (headersOnly || !StoredCodec.isLarge(value)) {
      return StoredCodec.decode(database, key, value, value.length, headersOnly);
    }
    return get(database, key);
  }

  /// Header and payload as of one moment, where a batch came between the reads of the two, or may
  /// come between them and those of the parts.
  private @Nullable Stored getConsistently(int database, Bytes key) throws RocksDBException {
    Snapshot snapshot = store.db.getSnapshot();
    try (snapshot;
        ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
      byte[] value = store.db.get(store.data, options, TierKeys.data(database, key));
      return value == null ? null : complete(database, key, value, options);
    } finally {
      store.db.releaseSnapshot(snapshot);
    }
  }

  private byte @Nullable [] large(int database, Bytes key, ReadOptions options) {
    return apart(store.large, key, TierKeys.data(database, key), options);
  }

  private byte @Nullable [] apart(
      ColumnFamilyHandle family, Bytes key, byte[] place, ReadOptions options) {
    try {
      return store.db.get(family, options, place);
    } catch (RocksDBException e) {
      throw Failures.ofReadingLarge(key, e);
    }
  }
}
