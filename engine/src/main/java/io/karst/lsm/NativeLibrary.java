package io.karst.lsm;

import io.karst.base.Disk;
import io.karst.base.DiskFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads RocksDB's native library from a file that is kept.
///
/// RocksDB itself would take it out of the jar into a temporary file at each start, 17 MB. Here
/// that is done once; later starts compare the file with size and checksum that the jar has of it.
/// Where that cannot be done, RocksDB does it its own way.
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String NAME_IN_JAR = "rocksdb";
  private static final String NAME_IN_DIRECTORY = "rocksdbjni";
  private static final String DIRECTORY = "native";
  private static final String UNFINISHED = ".new";
  private static final int CHUNK_SIZE = 1 << 20;

  /// Whether the library is loaded, and if so, whether from a file that is kept.
  private static @Nullable Boolean kept;

  private NativeLibrary() {}

  /// Loads the library, unless this process has.
  ///
  /// - `directory`: where the file is kept, in a directory of its own.
  /// - returns: whether it is one that is kept.
  static synchronized boolean load(Disk directory) {
    if (kept == null) {
      kept = loadKept(directory);
      RocksDB.loadLibrary();
    }
    return kept;
  }

  private static boolean loadKept(Disk directory) {
    try {
      Disk target = directory.directory(DIRECTORY);
      if (keep(target)) {
        RocksDB.loadLibrary(List.of(target.path().toAbsolutePath().toString()));
        return true;
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.warn("RocksDB's library cannot be kept in {}: {}", directory.path(), e.getMessage());
    }
    return false;
  }

  /// Whether the library is in `target` now, under the name RocksDB looks for in a directory: not
  /// the one it has in the jar.
  private static boolean keep(Disk target) throws IOException {
    URL url =
        RocksDB.class.getClassLoader().getResource(Environment.getJniLibraryFileName(NAME_IN_JAR));
    URLConnection connection = url == null ? null : url.openConnection();
    if (!(connection instanceof JarURLConnection jar)) {
      return false;
    }
    String name = Environment.getJniLibraryFileName(NAME_IN_DIRECTORY);
    JarEntry entry = jar.getJarEntry();
    if (!isThere(target, name, entry)) {
      try (InputStream library = connection.getInputStream()) {
        write(target, name, library);
      }
    }
    return true;
  }

  private static boolean isThere(Disk target, String name, JarEntry entry) throws IOException {
    if (!target.list().contains(name)) {
      return false;
    }
    try (DiskFile file = target.openToRead(name)) {
      return file.size() == entry.getSize() && checksum(file) == entry.getCrc();
    }
  }

  private static long checksum(DiskFile file) throws IOException {
    CRC32 checksum = new CRC32();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_SIZE);
    for (long position = 0; position < file.size(); position += chunk.limit()) {
      file.read(position, chunk.clear());
      checksum.update(chunk.flip());
    }
    return checksum.getValue();
  }

  private static void write(Disk target, String name, InputStream library) throws IOException {
    String unfinished = name + UNFINISHED;
    if (target.list().contains(unfinished)) {
      target.delete(unfinished);
    }
    try (DiskFile file = target.create(unfinished)) {
      byte[] chunk = new byte[CHUNK_SIZE];
      long position = 0;
      for (int n = library.read(chunk); n > 0; n = library.read(chunk)) {
        file.write(position, ByteBuffer.wrap(chunk, 0, n));
        position += n;
      }
      file.sync();
    }
    target.rename(unfinished, name);
  }
}
