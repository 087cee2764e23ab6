package io.karst.engine;

import io.karst.base.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The directory that a backup is made in. Without state.
final class BackupTarget {
  private BackupTarget() {}

  /// The directory, which is missing or empty.
  static Disk empty(Path target) throws IOException {
    Disk disk = Disk.at(target);
    if (!disk.isEmpty()) {
      throw new IOException(target + " is not empty");
    }
    return disk;
  }

  /// Makes it empty again, as far as it can be.
  static void clear(Disk halfMade, Exception cause) {
    try {
      halfMade.clear();
    } catch (IOException | UncheckedIOException stays) {
      cause.addSuppressed(stays); // Without its last file it is no store.
    }
  }
}
