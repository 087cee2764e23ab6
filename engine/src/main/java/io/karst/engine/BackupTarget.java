package io.karst.engine;

import io.karst.base.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// A directory that a backup is made in: it is empty before, and again, as far as it can be, if
/// that fails.
final class BackupTarget {
  private BackupTarget() {}

  /// What is done in it.
  interface Step<T> {
    T run(Disk directory) throws IOException;
  }

  /// - throws [IOException] if there is anything in it.
  static <T> T fill(Path directory, Step<T> step) throws IOException {
    Disk disk = open(directory);
    try {
      return step.run(disk);
    } catch (IOException | RuntimeException failure) {
      clear(disk, failure);
      throw failure;
    }
  }

  private static Disk open(Path directory) throws IOException {
    Disk disk = Disk.at(directory);
    if (!disk.isEmpty()) {
      throw new IOException(directory + " is not empty");
    }
    return disk;
  }

  private static void clear(Disk halfMade, Exception cause) {
    try {
      halfMade.clear();
    } catch (IOException | UncheckedIOException stays) {
      cause.addSuppressed(stays); // Without its last file it is no store.
    }
  }
}
