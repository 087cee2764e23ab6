package io.karst.engine;

import io.karst.base.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A directory that a backup is made in: it is empty before, and again, as far as it can be, if
/// that fails.
final class BackupTarget {
  private BackupTarget() {}

  /// - throws [IOException] if there is anything in it.
  static Disk open(Path directory) throws IOException {
    Disk disk = Disk.at(directory);
    if (!disk.isEmpty()) {
      throw new IOException(directory + " is not empty");
    }
    return disk;
  }

  static void clear(Disk halfMade, Exception cause) {
    try {
      halfMade.clear();
    } catch (IOException | UncheckedIOException stays) {
      cause.addSuppressed(stays); // Without its last file it is no store.
    }
  }
}
