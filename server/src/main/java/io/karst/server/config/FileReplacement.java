package io.karst.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// Replaces a file as a whole: after a crash there is the old one or the new one.
public final class FileReplacement {
  private FileReplacement() {}

  /// Writes `bytes` to `file`, which keeps its permissions; a new one is its owner's alone. A
  /// symbolic link stays, what it leads to is replaced.
  ///
  /// - throws [IOException] if that cannot be done; the file is as it was.
  public static void write(Path file, byte[] bytes) throws IOException {
    boolean replaces = Files.exists(file);
    Path target = replaces ? file.toRealPath() : file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException(file + " is no file");
    }
    Path temporary = Files.createTempFile(directory, target.getFileName() + ".", ".tmp");
    try {
      if (replaces) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(target);
        Files.setPosixFilePermissions(temporary, permissions);
      }
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          int _ = channel.write(left);
        }
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// So that the new name of the file survives a power cut, too.
  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
