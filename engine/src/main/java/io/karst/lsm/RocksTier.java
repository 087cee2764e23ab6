package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

/// A [Tier] in a directory of RocksDB. No class of RocksDB is loaded before [#open].
///
/// RocksDB's own log is off: what is in memtables is lost in a crash, all families at the same
/// batch, as they are flushed together. How it is set up and why: docs/adr/0009-the-disk-tier.md.
public final class RocksTier implements Tier {
  private final Disk directory;
  private final RocksStore store;
  private final ExpiryFloors floors;
  private final TierReader reader;
  private final BatchWriter writer;

  /// Databases that were dropped since the last flush. The writer's.
  private final List<Integer> dropped = new ArrayList<>();

  /// What the seal says. The writer's.
  private long sealed;

  private RocksTier(Disk directory, RocksStore store) {
    this.directory = directory;
    this.store = store;
    floors = TierStart.floors(store);
    reader = new TierReader(store);
    writer = new BatchWriter(reader, floors);
  }

  /// Opens the tier in `directory`, or makes one there. Only one process may have it open.
  ///
  /// - throws [DamagedException] if it is damaged, [UncheckedIOException] if it cannot be opened
  ///   for another reason, among them a format newer than this program.
  public static RocksTier open(Path directory, TierOptions options) {
    try {
      Disk disk = Disk.at(directory);
      RocksStore store = TierStart.open(disk, options);
      try {
        return new RocksTier(disk, store);
      } catch (RuntimeException failure) {
        store.close();
        throw failure;
      }
    } catch (RocksDBException e) {
      throw Failures.ofOpening(directory, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Stored get(int database, Bytes key) {
    store.enter();
    try {
      return reader.get(database, key);
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    } finally {
      store.leave();
    }
  }

  @Override
  public @Nullable Stored header(int database, Bytes key) {
    store.enter();
    try {
      return reader.header(database, key);
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    } finally {
      store.leave();
    }
  }

  @Override
  public List<@Nullable Stored> getAll(int database, List<Bytes> keys, boolean headersOnly) {
    store.enter();
    try {
      return reader.getAll(database, keys, headersOnly);
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    } finally {
      store.leave();
    }
  }

  @Override
  public void write(TierBatch batch) {
    store.enter();
    try {
      writer.write(batch);
      dropped.addAll(batch.dropped());
    } catch (RocksDBException e) {
      throw Failures.ofWriting(e);
    } finally {
      store.leave();
    }
  }

  @Override
  public void flush() {
    store.enter();
    try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
      long sequence = store.db.getLatestSequenceNumber();
      store.db.flush(options, store.families());
      seal(sequence);
      reclaim();
    } catch (RocksDBException e) {
      throw Failures.ofWriting(e);
    } catch (IOException e) {
      throw Failures.ofSealing(e);
    } finally {
      store.leave();
    }
  }

  @Override
  public @Nullable TierMeta meta() {
    store.enter();
    try {
      return reader.meta();
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    } finally {
      store.leave();
    }
  }

  @Override
  public List<Integer> databases() {
    store.enter();
    try {
      return reader.databases();
    } finally {
      store.leave();
    }
  }

  @Override
  public int[][] counts(int database) {
    store.enter();
    try {
      return reader.counts(database);
    } finally {
      store.leave();
    }
  }

  @Override
  public TierCursor keys(int database, @Nullable Bytes from, boolean reverse, boolean headersOnly) {
    store.enter();
    try {
      return new RocksTierCursor(
          reader, database, from, new RocksTierCursor.Direction(reverse, headersOnly));
    } finally {
      store.leave();
    }
  }

  @Override
  public SlotCursor slot(int database, int slot, long fromHash) {
    store.enter();
    try {
      return new RocksSlotCursor(reader, database, slot, fromHash);
    } finally {
      store.leave();
    }
  }

  @Override
  public DueCursor due(long nowMillis) {
    store.enter();
    try {
      return new RocksDueCursor(store, floors, nowMillis);
    } finally {
      store.leave();
    }
  }

  @Override
  public long earliestExpiry() {
    return floors.earliest();
  }

  @Override
  public void copyTo(Path target) {
    store.enter();
    try (Checkpoint checkpoint = Checkpoint.create(store.db)) {
      long sequence = store.db.getLatestSequenceNumber();
      checkpoint.createCheckpoint(target.toString());
      new Seal(sequence).write(Disk.at(target));
    } catch (RocksDBException e) {
      throw Failures.ofCopying(target, e);
    } catch (IOException e) {
      throw Failures.ofCopying(target, e);
    } finally {
      store.leave();
    }
  }

  @Override
  public void cacheSize(long size) {
    store.enter();
    try {
      store.options.cacheSize(size);
    } finally {
      store.leave();
    }
  }

  /// Reads every table and checks its checksums. Values that are files of their own are checked
  /// when they are read.
  ///
  /// - throws [DamagedException] if one is damaged.
  public void verify() {
    store.enter();
    try {
      store.db.verifyChecksum();
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    } finally {
      store.leave();
    }
  }

  @Override
  public TierStatus status() {
    store.enter();
    try {
      return store.status();
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    } finally {
      store.leave();
    }
  }

  @Override
  public void close() {
    store.close();
  }

  private void seal(long sequence) throws IOException {
    if (sequence > sealed) {
      new Seal(sequence).write(directory);
      sealed = sequence;
    }
  }

  /// Deletes the files that have nothing but dropped databases. Only after a flush: a crash before
  /// would bring back such a database in pieces.
  private void reclaim() throws RocksDBException {
    for (int database : dropped) {
      List<byte[]> range = List.of(TierKeys.first(database), TierKeys.end(database));
      store.db.deleteFilesInRanges(store.data, range, false);
      store.db.deleteFilesInRanges(store.large, range, false);
      store.db.deleteFilesInRanges(store.amendments, range, false);
      store.db.deleteFilesInRanges(store.expiry, range, false);
      store.db.deleteFilesInRanges(store.slots, range, false);
    }
    dropped.clear();
  }
}
