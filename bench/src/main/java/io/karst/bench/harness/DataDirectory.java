package io.karst.bench.harness;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Where servers keep their data while a benchmark runs; gone after it.
///
/// A run that was interrupted leaves its directory behind. It is named by the id of its process, so
/// that the next run in the same place removes it.
public final class DataDirectory implements AutoCloseable {
  private static final String PREFIX = "karst-bench-";
  private static final double GIGABYTE = 1e9;

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /// Makes a directory in `place`.
  ///
  /// - `neededBytes`: what the data will take at most.
  /// - throws [HarnessException] if there is less room than that.
  public static DataDirectory in(Path place, long neededBytes) {
    try {
      Files.createDirectories(place);
      removeOrphans(place);
      FileStore store = Files.getFileStore(place);
      if (store.getUsableSpace() < neededBytes) {
        throw new HarnessException(
            String.format(Locale.ROOT, "%.1f GB are needed in %s", neededBytes / GIGABYTE, place));
      }
      Path path = place.resolve(PREFIX + ProcessHandle.current().pid());
      Files.createDirectory(path);
      return new DataDirectory(path);
    } catch (IOException e) {
      throw new HarnessException("cannot write to " + place, e);
    }
  }

  /// A new directory in it.
  public Path make(String name) {
    try {
      return Files.createDirectory(path.resolve(name));
    } catch (IOException e) {
      throw new HarnessException("cannot make " + path.resolve(name), e);
    }
  }

  @Override
  public void close() {
    try {
      delete(path);
    } catch (IOException e) {
      throw new HarnessException("cannot delete " + path, e);
    }
  }

  /// Deletes a directory with all that is in it, if it is there.
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private static void removeOrphans(Path place) throws IOException {
    List<Path> orphans;
    try (Stream<Path> found = Files.list(place)) {
      orphans = found.filter(DataDirectory::orphan).toList();
    }
    for (Path orphan : orphans) {
      delete(orphan);
    }
  }

  private static boolean orphan(Path directory) {
    String name = directory.getFileName().toString();
    return name.matches(PREFIX + "\\d+")
        && ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length()))).isEmpty();
  }
}
