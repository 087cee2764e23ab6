package io.karst.base;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One directory of the file system, and the only way of the store to it: a test passes in one that
/// loses power, fills up and fails.
///
/// Two things have to be made durable, and each by itself: what a file contains ([DiskFile#sync]),
/// and which names there are ([#sync]). Until then a power cut keeps any part of either.
///
/// Names are plain file names. Faults of the machine are an [IOException] with the system's reason;
/// what to make of it is the caller's to say. Thread-safe; all calls may block.
public interface Disk {
  /// A directory of the operating system's; it and its parents are created if they are missing.
  static Disk at(Path directory) throws IOException {
    return OsDisk.at(directory);
  }

  /// A directory in this one, created and made durable if it is missing.
  Disk directory(String name) throws IOException;

  /// Where it is, for people and for libraries that do their own reading and writing.
  Path path();

  /// The names of the directories in a directory of the operating system's, sorted.
  static List<String> directories(Path path) throws IOException {
    return OsDisk.directories(path);
  }

  /// Moves a directory of the operating system's within its file system, in one step and durably.
  static void move(Path from, Path to) throws IOException {
    OsDisk.move(from, to);
  }

  /// Whether there is a file or directory of the operating system's.
  static boolean exists(Path path) {
    return OsDisk.exists(path);
  }

  /// The names of the files in it, sorted; directories are left out.
  List<String> list() throws IOException;

  /// Whether there is nothing in it, directories included.
  default boolean isEmpty() throws IOException {
    return list().isEmpty();
  }

  /// Deletes everything in it.
  default void clear() throws IOException {
    for (String name : list()) {
      delete(name);
    }
  }

  /// Creates an empty file to write and read; it must not exist.
  DiskFile create(String name) throws IOException;

  /// Opens a file that exists to write and read.
  DiskFile open(String name) throws IOException;

  /// Opens a file that exists to read.
  DiskFile openToRead(String name) throws IOException;

  /// Gives a file another name; a file that has that name is replaced, in one step.
  void rename(String name, String newName) throws IOException;

  /// Removes a file that exists.
  void delete(String name) throws IOException;

  /// Makes durable what was created, renamed and deleted.
  void sync() throws IOException;

  /// Bytes this process may still write.
  long freeSize() throws IOException;

  /// Takes the lock of that name for this process, until it is closed or the process ends.
  ///
  /// - returns: null if another process, or this one, has it.
  @Nullable DiskLock tryLock(String name) throws IOException;

  /// The content of a small file, or null if there is none.
  default byte @Nullable [] read(String name) throws IOException {
    return SmallFiles.read(this, name);
  }

  /// Makes `content` that of a small file, durably: after a crash it has the old or the new one.
  default void write(String name, byte[] content) throws IOException {
    SmallFiles.write(this, name, content);
  }

  /// A lock that is held.
  interface DiskLock extends AutoCloseable {
    /// Lets it go.
    @Override
    void close();
  }
}
