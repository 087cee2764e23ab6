package io.karst.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file with the process's id, for supervisors.
final class PidFile {
  private PidFile() {}

  /// Writes it; returns where, or null if `path` is empty.
  ///
  /// - throws [IOException] that says which file cannot be written.
  static @Nullable Path write(String path) throws IOException {
    if (path.isEmpty()) {
      return null;
    }
    Path file = Path.of(path);
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n", StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IOException("cannot write the pidfile " + file + ": " + e, e);
    }
    return file;
  }
}
