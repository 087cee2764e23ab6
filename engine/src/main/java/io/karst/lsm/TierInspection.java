package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LevelMetaData;
import org.rocksdb.RocksDBException;

/// Looks at a tier from outside, as it was when it was opened: nothing of it is changed, and
/// another process may have it open. What that one has not flushed is not seen.
///
/// Thread: its owner's; may block.
public final class TierInspection implements AutoCloseable {
  private final RocksStore store;
  private final TierReader reader;

  private TierInspection(RocksStore store) {
    this.store = store;
    reader = new TierReader(store);
  }

  /// Opens the tier in a directory.
  ///
  /// - throws: as [RocksTier#open].
  public static TierInspection open(Path directory) {
    try {
      return new TierInspection(TierStart.openToRead(Disk.at(directory)));
    } catch (RocksDBException e) {
      throw Failures.ofOpening(directory, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The version of its format.
  public int version() {
    return TierFormat.VERSION;
  }

  /// What the last checkpoint said; null if there was none.
  public @Nullable TierMeta meta() {
    try {
      return reader.meta();
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    }
  }

  /// The ids of the databases that have keys, in order.
  public List<Integer> databases() {
    return reader.databases();
  }

  /// How many keys a database has, and how many of them with an expiry, by slot: see [Tier#counts].
  public int[][] counts(int database) {
    return reader.counts(database);
  }

  /// The keys of a database in order, with their values.
  public TierCursor keys(int database) {
    return keys(database, null);
  }

  /// As [#keys(int)], from a key on.
  public TierCursor keys(int database, @Nullable Bytes from) {
    return new RocksTierCursor(reader, database, from, new RocksTierCursor.Direction(false, false));
  }

  /// Reads every table and checks its checksums. Values that are files of their own are checked
  /// when they are read.
  ///
  /// - throws [DamagedException] if one is damaged.
  public void verify() {
    try {
      store.db.verifyChecksum();
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    }
  }

  /// The column families, and how they lie on disk.
  public List<TierFamily> families() {
    try {
      List<TierFamily> families = new ArrayList<>();
      for (ColumnFamilyHandle family : store.families()) {
        families.add(family(family));
      }
      return families;
    } catch (RocksDBException e) {
      throw Failures.ofReading(e);
    }
  }

  @Override
  public void close() {
    store.close();
  }

  private TierFamily family(ColumnFamilyHandle family) throws RocksDBException {
    List<TierFamily.Level> levels = new ArrayList<>();
    for (LevelMetaData level : store.db.getColumnFamilyMetaData(family).levels()) {
      if (!level.files().isEmpty()) {
        levels.add(new TierFamily.Level(level.level(), level.files().size(), level.size()));
      }
    }
    return new TierFamily(
        new String(family.getName(), StandardCharsets.US_ASCII),
        store.db.getLongProperty(family, "rocksdb.estimate-num-keys"),
        store.db.getLongProperty(family, "rocksdb.total-blob-file-size"),
        levels);
  }
}
