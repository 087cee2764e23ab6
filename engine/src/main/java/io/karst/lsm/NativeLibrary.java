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
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads RocksDB's native library from a file that is kept.
///
/// RocksDB itself would take it out of the jar into a temporary file at each start, 17 MB. Here that
/// is done once; later starts compare the file with size and checksum that the jar has of it.
/// Where that cannot be done, RocksDB does it its own way.
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String DIRECTORY = "native";
  private static final String UNFINISHED = ".new";
  private static final int CHUNK_SIZE = 1 << 20;

  /// The name of the library in the jar, and the one it is loaded by from a directory.
  private static final String IN_JAR = Environment.getJniLibraryFileName("rocksdb");

  private static final String KEPT = Environment.getJniLibraryFileName("rocksdbjni");

  private static boolean loaded;

  private NativeLibrary() {}

  /// Loads the library, unless this process has.
  ///
  /// - `directory`: where the file is kept, in a directory of its own.
  static synchronized void load(Disk directory) {
    if (loaded) {
      return;
    }
    try {
      Disk kept = directory.directory(DIRECTORY);
      if (keep(kept)) {
        RocksDB.loadLibrary(List.of(kept.path().toAbsolutePath().toString()));
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.warn("RocksDB's library cannot be kept in {}: {}", directory.path(), e.getMessage());
    }
    RocksDB.loadLibrary();
    loaded = true;
  }

  /// Whether the library is in `kept` now.
  private static boolean keep(Disk kept) throws IOException {
    URL url = RocksDB.class.getClassLoader().getResource(IN_JAR);
    URLConnection connection = url == null ? null : url.openConnection();
    if (!(connection instanceof JarURLConnection jar)) {
      return false;
    }
    JarEntry entry = jar.getJarEntry();
    if (!isThere(kept, KEPT, entry)) {
      try (InputStream library = connection.getInputStream()) {
        write(kept, KEPT, library);
      }
    }
    return true;
  }

  private static boolean isThere(Disk kept, String name, JarEntry entry) throws IOException {
    if (!kept.list().contains(name)) {
      return false;
    }
    try (DiskFile file = kept.openToRead(name)) {
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

  private static void write(Disk kept, String name, InputStream library) throws IOException {
    String unfinished = name + UNFINISHED;
    if (kept.list().contains(unfinished)) {
      kept.delete(unfinished);
    }
    try (DiskFile file = kept.create(unfinished)) {
      byte[] chunk = new byte[CHUNK_SIZE];
      long position = 0;
      for (int n = library.read(chunk); n > 0; n = library.read(chunk)) {
        file.write(position, ByteBuffer.wrap(chunk, 0, n));
        position += n;
      }
      file.sync();
    }
    kept.rename(unfinished, name);
  }
}
