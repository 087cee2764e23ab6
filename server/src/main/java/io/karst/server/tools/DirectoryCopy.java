package io.karst.server.tools;

import io.karst.base.Disk;
import io.karst.engine.DataDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// Copies the directory of a store that nobody writes to, so that the copy is on disk for certain.
///
/// Thread: its owner's.
final class DirectoryCopy {
  private static final long PIECE = 1 << 24;

  private final Path source;
  private final Path target;
  private final List<Path> files;
  private final long size;

  /// What was made, the latest first.
  private final Deque<Path> made = new ArrayDeque<>();

  private long copied;

  DirectoryCopy(Path source, Path target) throws IOException {
    this.source = source;
    this.target = target;
    try (Stream<Path> all = Files.walk(source)) {
      files = all.filter(path -> !path.endsWith(DataDirectory.LOCK)).sorted().toList();
    }
    long sum = 0;
    for (Path file : files) {
      sum += Files.isDirectory(file) ? 0 : Files.size(file);
    }
    size = sum;
  }

  /// Bytes of all files.
  long size() {
    return size;
  }

  /// Copies everything.
  ///
  /// - `progress`: told how many bytes have been copied.
  void run(LongConsumer progress) throws IOException {
    for (Path file : files) {
      Path copy = target.resolve(source.relativize(file).toString());
      if (!Files.isDirectory(file)) {
        made.push(copy);
        copy(file, copy, progress);
      } else if (!Files.exists(copy)) {
        Files.createDirectories(copy);
        made.push(copy);
      }
    }
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        Disk.at(target.resolve(source.relativize(file).toString())).sync();
      }
    }
  }

  private void copy(Path from, Path to, LongConsumer progress) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long end = in.size();
      long at = 0;
      while (at < end) {
        long count = in.transferTo(at, Math.min(PIECE, end - at), out);
        at += count;
        copied += count;
        progress.accept(copied);
      }
      out.force(true);
    }
  }

  /// Removes what is in the target, which was empty or not there: the copies, and what was made of
  /// them since.
  void undo() throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    List<Path> left;
    try (Stream<Path> all = Files.walk(target)) {
      left = all.sorted().toList().reversed();
    }
    for (Path path : left) {
      if (!path.equals(target) || made.contains(target)) {
        Files.deleteIfExists(path);
      }
    }
  }
}
