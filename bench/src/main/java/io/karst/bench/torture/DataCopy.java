package io.karst.bench.torture;

import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The data directory, and a copy of it as the server found it that was started last: what a server
/// does at its start may hide what was wrong.
final class DataCopy {
  /// RocksDB's tables and blobs are not written to any more once their writer has gone: links will
  /// do.
  private static final List<String> UNCHANGING = List.of(".sst", ".blob");

  private final Path data;
  private final Path before;

  /// - `directory`: with both of them in it.
  DataCopy(Path directory) {
    data = directory.resolve("data");
    before = directory.resolve("before");
  }

  Path path() {
    return data;
  }

  /// Copies the data, and forgets the copy there was.
  void keep() {
    try {
      DataDirectory.delete(before);
      if (Files.exists(data)) {
        copy();
      }
    } catch (IOException e) {
      throw new HarnessException("cannot copy " + data, e);
    }
  }

  private void copy() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(data)) {
      files = found.toList();
    }
    for (Path file : files) {
      Path target = before.resolve(data.relativize(file));
      if (UNCHANGING.stream().anyMatch(file.toString()::endsWith)) {
        Files.createLink(target, file);
      } else {
        Files.copy(file, target);
      }
    }
  }
}
