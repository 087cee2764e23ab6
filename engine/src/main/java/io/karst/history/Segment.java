package io.karst.history;

import io.karst.base.DiskFile;
import io.karst.memory.MappedRegion;
import java.io.IOException;

/// A file of the log that is mapped: a part of the stream that can be written to.
///
/// Thread: the writer's; appenders store to [#memory] as far as the stream lets them.
final class Segment implements AutoCloseable {
  private final SegmentHeader header;
  private final DiskFile file;
  private final MappedRegion memory;
  private boolean mapped = true;

  private Segment(SegmentHeader header, DiskFile file, MappedRegion memory) {
    this.header = header;
    this.file = file;
    this.memory = memory;
  }

  /// Maps a file of that header, which it closes in the end, or at once if it cannot be mapped.
  static Segment map(SegmentHeader header, DiskFile file) throws IOException {
    try {
      long size = (long) WalFormat.STREAM_OFFSET + header.segmentSize();
      if (file.size() < size) {
        // What is mapped past the end of a file kills whoever touches it.
        throw new IOException(header.fileName() + " is shorter than its header says");
      }
      return new Segment(header, file, MappedRegion.map(file, size));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  long firstLsn() {
    return header.firstLsn();
  }

  /// The LSN just past it.
  long endLsn() {
    return header.firstLsn() + header.segmentSize();
  }

  MappedRegion memory() {
    return memory;
  }

  /// Where in [#memory] an LSN is.
  long offset(long lsn) {
    return lsn - header.firstLsn() + WalFormat.STREAM_OFFSET;
  }

  /// Makes durable what was stored.
  void sync() throws IOException {
    if (mapped) {
      memory.force();
    }
    file.sync();
  }

  /// Nobody stores to it any more: the memory goes back.
  void unmap() {
    if (mapped) {
      mapped = false;
      memory.close();
    }
  }

  @Override
  public void close() {
    unmap();
    file.close();
  }
}
