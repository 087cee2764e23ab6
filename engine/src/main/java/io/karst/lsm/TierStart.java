package io.karst.lsm;

import io.karst.base.Disk;
import io.karst.lsm.RocksStore.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// How a tier is opened: its [Seal] is checked before RocksDB may change anything.
final class TierStart {
  private static final int FILES_TO_LOOK = 16;
  private static final String CURRENT = "CURRENT";

  private TierStart() {}

  /// Opens the tier in a directory, or makes one there.
  static RocksStore open(Disk directory, TierOptions limits) throws IOException, RocksDBException {
    NativeLibrary.load(directory);
    Seal seal = Seal.read(directory);
    if (seal != null) {
      check(seal, directory);
      return seal.version() == TierFormat.VERSION
          ? RocksStore.open(directory.path(), limits, Mode.WRITE)
          : upgrade(seal, directory, limits);
    }
    RocksStore store = RocksStore.open(directory.path(), limits, Mode.CREATE);
    if (store.db.getLatestSequenceNumber() != 0) {
      store.close();
      throw new DamagedException("the disk tier in " + directory.path() + " has no seal", null);
    }
    new Seal(0).write(directory);
    return store;
  }

  /// Opens a tier of an earlier version, which is of this one from then on: whoever knows only that
  /// one would take a payload for a value.
  private static RocksStore upgrade(Seal seal, Disk directory, TierOptions limits)
      throws IOException, RocksDBException {
    RocksStore store = RocksStore.open(directory.path(), limits, Mode.UPGRADE);
    try {
      new Seal(seal.sequence()).write(directory);
      return store;
    } catch (IOException failure) {
      store.close();
      throw failure;
    }
  }

  /// Opens the tier in a directory to look at it; changes nothing but for the library it keeps.
  static RocksStore openToRead(Disk directory) throws IOException, RocksDBException {
    Seal seal = Seal.read(directory);
    if (seal == null) {
      throw new IOException("there is no disk tier in " + directory.path());
    }
    NativeLibrary.load(directory);
    check(seal, directory);
    if (seal.version() < TierFormat.VERSION_AMENDMENTS) {
      throw new IOException(
          "the disk tier in "
              + directory.path()
              + " has the format "
              + seal.version()
              + ": a server that opens it once brings it to "
              + TierFormat.VERSION);
    }
    return RocksStore.open(directory.path(), TierOptions.SMALL, Mode.READ);
  }

  /// The lower bounds of the index of expiries: the first entry of each database that has one.
  static ExpiryFloors floors(RocksStore store) {
    ExpiryFloors floors = new ExpiryFloors();
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
    return floors;
  }

  private static void check(Seal seal, Disk directory) throws IOException, RocksDBException {
    if (seal.version() > TierFormat.VERSION) {
      throw new IOException(
          "the disk tier in "
              + directory.path()
              + " has the format "
              + seal.version()
              + ", this program knows up to "
              + TierFormat.VERSION);
    }
    checkCurrent(directory);
    long sequence = sequence(directory);
    if (sequence < seal.sequence()) {
      throw new DamagedException(
          "the disk tier in "
              + directory.path()
              + " ends at change "
              + sequence
              + ", but was flushed up to "
              + seal.sequence()
              + ": its MANIFEST or CURRENT is damaged",
          null);
    }
  }

  /// `CURRENT` has no checksum: RocksDB would only miss the manifest that it names.
  private static void checkCurrent(Disk directory) throws IOException {
    byte[] content = directory.read(CURRENT);
    String name = content == null ? "nothing" : new String(content, StandardCharsets.ISO_8859_1);
    if (!name.endsWith("\n") || !directory.list().contains(name.strip())) {
      throw new DamagedException(
          "the file "
              + directory.path().resolve(CURRENT)
              + " is damaged, or the manifest that it names is missing: "
              + name.strip(),
          null);
    }
  }

  /// The number of the last change that a start would find; changes nothing.
  private static long sequence(Disk directory) throws RocksDBException {
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (ColumnFamilyOptions family = new ColumnFamilyOptions();
        DBOptions options = new DBOptions().setMaxOpenFiles(FILES_TO_LOOK);
        RocksDB db =
            RocksDB.openReadOnly(
                options,
                directory.path().toString(),
                List.of(new ColumnFamilyDescriptor(name(TierFormat.META), family)),
                handles)) {
      return db.getLatestSequenceNumber();
    }
  }

  private static byte[] name(String family) {
    return family.getBytes(StandardCharsets.US_ASCII);
  }
}
