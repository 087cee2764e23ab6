package io.karst.lsm;

import io.karst.base.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/// Finds the tables that cannot be opened, for a start that has failed: of some damage to a table
/// RocksDB only says that the manifest, which refers to it, may be damaged.
final class DamagedTables {
  static final String SUFFIX = ".sst";

  private DamagedTables() {}

  /// Their files. Tables are opened, not read through: that would be the whole data.
  static List<Path> find(Path directory) throws IOException {
    List<Path> damaged = new ArrayList<>();
    for (String name : Disk.at(directory).list()) {
      if (name.endsWith(SUFFIX) && !opens(directory.resolve(name))) {
        damaged.add(directory.resolve(name));
      }
    }
    return damaged;
  }

  private static boolean opens(Path table) {
    try (Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      reader.open(table.toString());
      return true;
    } catch (RocksDBException e) {
      return false;
    }
  }
}
