package io.karst.base;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// A file that is open, see [Disk].
///
/// Thread-safe, but for [#close].
public interface DiskFile extends AutoCloseable {
  /// Its size in bytes.
  long size() throws IOException;

  /// Fills `target` from its position to its limit with the bytes from `position` on.
  ///
  /// - returns: how many there were; fewer than asked for only at the end of the file.
  int read(long position, ByteBuffer target) throws IOException;

  /// Writes all of `source`, from its position to its limit, at `position`; the file grows as
  /// needed. After an exception any part of it may be there.
  void write(long position, ByteBuffer source) throws IOException;

  /// Maps the first `size` bytes, which the file has, to be read and written; until the arena is
  /// closed. What is stored there is in the file: it survives the process at once, a power cut
  /// after [#sync].
  MemorySegment map(long size, Arena arena) throws IOException;

  /// Makes the content durable, and what is needed to find it. After an exception nobody knows what
  /// is on disk of what was written since the last success, and another call does not change that.
  void sync() throws IOException;

  @Override
  void close();
}
