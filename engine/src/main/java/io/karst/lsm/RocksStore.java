package io.karst.lsm;

import io.karst.base.Invariant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/// An open RocksDB: its column families, its options, and its end.
///
/// Whoever calls into it does so between [#enter] and [#leave]: memory that was freed under a
/// native call takes the process down. Cursors are closed before it is.
final class RocksStore implements AutoCloseable {
  final RocksDB db;
  final ColumnFamilyHandle meta;
  final ColumnFamilyHandle data;
  final ColumnFamilyHandle expiry;
  final ColumnFamilyHandle large;
  final ColumnFamilyHandle slots;
  final ColumnFamilyHandle amendments;
  final RocksOptions options;

  /// For reads of single keys.
  final ReadOptions reading = new ReadOptions();

  final WriteOptions writing = new WriteOptions().setDisableWAL(true);

  /// Held for reading by who is inside, for writing by who closes.
  private final ReadWriteLock gate = new ReentrantReadWriteLock();

  private final Set<AutoCloseable> cursors = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private RocksStore(RocksDB db, List<ColumnFamilyHandle> families, RocksOptions options) {
    this.db = db;
    this.options = options;
    meta = families.get(0);
    data = families.get(1);
    expiry = families.get(2);
    large = families.get(3);
    slots = families.get(4);
    amendments = families.get(5);
  }

  /// What a database is opened for.
  enum Mode {
    /// To read and write; it is made if it is missing.
    CREATE,
    /// To read and write; families that an earlier version of the format has not are made.
    UPGRADE,
    /// To read and write.
    WRITE,
    /// To read, beside a process that may have it open.
    READ
  }

  /// Opens the database in a directory.
  ///
  /// - throws [RocksDBException]: see [Failures].
  static RocksStore open(Path directory, TierOptions limits, Mode mode) throws RocksDBException {
    RocksOptions options = new RocksOptions(limits, mode);
    DBOptions database = options.database();
    List<ColumnFamilyDescriptor> families = descriptors(options);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      RocksDB db =
          mode == Mode.READ
              ? RocksDB.openReadOnly(database, directory.toString(), families, handles)
              : RocksDB.open(database, directory.toString(), families, handles);
      return new RocksStore(db, handles, options);
    } catch (RocksDBException e) {
      options.close();
      throw e;
    }
  }

  /// Keeps the database open until [#leave]; may be nested.
  void enter() {
    gate.readLock().lock();
    if (closed) {
      gate.readLock().unlock();
      throw Invariant.violated("the tier is closed");
    }
  }

  void leave() {
    gate.readLock().unlock();
  }

  /// Lets `cursor` be closed with the database. Between [#enter] and [#leave].
  void register(AutoCloseable cursor) {
    cursors.add(cursor);
  }

  /// Whether the native memory of `cursor` is to be freed now, before [#leave]; false if it has
  /// been, and then there is nothing to leave.
  boolean enterToClose(AutoCloseable cursor) {
    gate.readLock().lock();
    if (!cursors.remove(cursor)) {
      gate.readLock().unlock();
      return false;
    }
    return true;
  }

  List<ColumnFamilyHandle> families() {
    return List.of(meta, data, expiry, large, slots, amendments);
  }

  /// Figures, between [#enter] and [#leave].
  TierStatus status() throws RocksDBException {
    long tableSize = db.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables");
    return new TierStatus(
        db.getAggregatedLongProperty("rocksdb.total-sst-files-size")
            + db.getLongProperty(large, "rocksdb.total-blob-file-size")
            + db.getLongProperty(amendments, "rocksdb.total-blob-file-size"),
        options.cacheUsage(),
        tableSize,
        db.getAggregatedLongProperty("rocksdb.estimate-table-readers-mem"),
        options.hits(),
        options.misses(),
        db.getAggregatedLongProperty("rocksdb.estimate-pending-compaction-bytes"),
        db.getLongProperty("rocksdb.actual-delayed-write-rate") != 0
            || db.getLongProperty("rocksdb.is-write-stopped") != 0);
  }

  /// Closes the cursors and the database, when nobody is inside any more.
  @Override
  public void close() {
    gate.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        closeCursors();
        reading.close();
        writing.close();
        db.close();
        options.close();
      }
    } finally {
      gate.writeLock().unlock();
    }
  }

  private void closeCursors() {
    for (AutoCloseable cursor : cursors) {
      try {
        cursor.close();
      } catch (Exception e) {
        throw new AssertionError("freeing memory does not fail", e);
      }
    }
  }

  private static List<ColumnFamilyDescriptor> descriptors(RocksOptions options) {
    return List.of(
        family(TierFormat.META, options.meta()),
        family(TierFormat.DATA, options.data()),
        family(TierFormat.EXPIRY, options.index()),
        family(TierFormat.LARGE, options.large()),
        family(TierFormat.SLOTS, options.index()),
        family(TierFormat.AMENDMENTS, options.amendments()));
  }

  private static ColumnFamilyDescriptor family(String name, ColumnFamilyOptions options) {
    return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII), options);
  }
}
