package io.karst.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A directory of the operating system's. See [Disk].
final class OsDisk implements Disk {
  private final Path directory;

  private OsDisk(Path directory) {
    this.directory = directory;
  }

  static Disk at(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new OsDisk(directory);
  }

  static boolean exists(Path path) {
    return Files.exists(path);
  }

  static List<String> directories(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    new OsDisk(Objects.requireNonNull(to.toAbsolutePath().getParent())).sync();
    new OsDisk(Objects.requireNonNull(from.toAbsolutePath().getParent())).sync();
  }

  @Override
  public Disk directory(String name) throws IOException {
    Path inner = directory.resolve(name);
    if (!Files.isDirectory(inner)) {
      Files.createDirectory(inner);
      sync();
    }
    return new OsDisk(inner);
  }

  @Override
  public Path path() {
    return directory;
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public boolean isEmpty() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  @Override
  public void clear() throws IOException {
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(directory)) {
      entries = walk.filter(entry -> !entry.equals(directory)).toList();
    }
    for (Path entry : entries.reversed()) {
      Files.delete(entry);
    }
  }

  @Override
  public DiskFile create(String name) throws IOException {
    return new OsFile(
        FileChannel.open(
            directory.resolve(name),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return new OsFile(
        FileChannel.open(
            directory.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public DiskFile openToRead(String name) throws IOException {
    return new OsFile(FileChannel.open(directory.resolve(name), StandardOpenOption.READ));
  }

  @Override
  public void rename(String name, String newName) throws IOException {
    Files.move(directory.resolve(name), directory.resolve(newName), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(directory.resolve(name));
  }

  @Override
  public void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public long freeSize() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  @Override
  public @Nullable DiskLock tryLock(String name) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      locked = lock != null;
    } catch (OverlappingFileLockException ours) {
      locked = false;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? () -> OsFile.closeQuietly(channel) : null;
  }
}
