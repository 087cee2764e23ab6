package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of a log that is written: makes new ones, takes the old ones away.
///
/// A file gets its name when all of it is on disk, zeros or what an earlier segment has left in it,
/// and its header says that name: whatever a crash interrupts, a file with a segment's name is one.
/// Old contents are harmless, as every frame says its own LSN, which only grows.
///
/// Thread: the writer's.
final class SegmentFiles {
  private static final Logger LOGGER = LoggerFactory.getLogger(SegmentFiles.class);

  /// Old files kept to be used again.
  private static final int SPARES_MAX = 3;

  /// Bytes that are allocated between two looks at what else there is to do.
  private static final int PIECE = 1 << 20;

  private final Disk disk;
  private final SegmentHeader header;
  private final NavigableSet<Long> segments = new TreeSet<>();
  private final ArrayDeque<String> spares = new ArrayDeque<>();
  private final ByteBuffer zeros;
  private @Nullable Growth growth;

  // For people, who are other threads.
  private volatile long first;
  private volatile long size;

  /// - `header`: of any file of the log.
  SegmentFiles(Disk disk, SegmentHeader header) {
    this.disk = disk;
    this.header = header;
    this.zeros = ByteBuffer.allocateDirect(Math.min(PIECE, header.segmentSize()));
  }

  int segmentSize() {
    return header.segmentSize();
  }

  /// Notes a segment that exists.
  void note(long firstLsn) {
    segments.add(firstLsn);
    count();
  }

  /// Notes a file that may be used again; one too many is deleted.
  void noteSpare(String name) throws IOException {
    boolean whole;
    try (DiskFile file = disk.openToRead(name)) {
      whole = file.size() == fileSize();
    }
    if (whole && spares.size() < SPARES_MAX) {
      spares.add(name);
      count();
    } else {
      disk.delete(name);
    }
  }

  /// The header of the segment that begins at an LSN.
  SegmentHeader header(long firstLsn) {
    return header.withFirstLsn(firstLsn);
  }

  private void count() {
    first = Math.max(segments.isEmpty() ? 0 : segments.first(), header.originLsn());
    size = (segments.size() + spares.size()) * fileSize();
  }

  /// The oldest LSN that is kept. For any thread.
  long first() {
    return first;
  }

  /// Bytes of disk. For any thread.
  long size() {
    return size;
  }

  /// Bytes of disk nobody has yet.
  long freeSize() throws IOException {
    return disk.freeSize() + spares.size() * fileSize();
  }

  /// Goes on making the segment that begins at an LSN, for some milliseconds.
  ///
  /// - returns: the segment, ready to be written to, or null if there is more to do.
  @Nullable Segment grow(long firstLsn) throws IOException {
    Growth at = growth;
    if (at == null) {
      growth = begin(firstLsn);
      return null;
    }
    if (at.size < fileSize()) {
      int size = (int) Math.min(zeros.capacity(), fileSize() - at.size);
      at.file.write(at.size, zeros.duplicate().limit(size));
      at.file.sync();
      at.size += size;
      return null;
    }
    SegmentHeader own = header.withFirstLsn(firstLsn);
    at.file.write(0, own.encode());
    at.file.sync();
    disk.rename(at.name, own.fileName());
    growth = null;
    disk.sync();
    note(firstLsn);
    return Segment.map(own, at.file);
  }

  /// Says for the next start that the log ends at an LSN, durable and closed.
  void close(long endLsn) {
    try {
      CleanEnd.write(disk, header.logId(), endLsn);
    } catch (IOException e) {
      LOGGER.warn("the next start will look for the end of the log: {}", e.getMessage());
    }
  }

  /// Whether [#grow] has begun something that is not done.
  boolean growing() {
    return growth != null;
  }

  /// Gives up what [#grow] has begun, and the disk it took.
  void abandonGrowth() {
    Growth at = growth;
    if (at != null) {
      growth = null;
      at.file.close();
      try {
        disk.delete(at.name);
      } catch (IOException e) {
        // It is deleted when the log is opened again, or replaced before.
      }
    }
  }

  private Growth begin(long firstLsn) throws IOException {
    String spare = spares.poll();
    if (spare != null) {
      DiskFile file = disk.open(spare);
      return new Growth(spare, file, file.size());
    }
    String name = WalFormat.fileName(firstLsn, WalFormat.UNFINISHED_SUFFIX);
    if (disk.list().contains(name)) {
      disk.delete(name);
    }
    return new Growth(name, disk.create(name), 0);
  }

  /// Whether the oldest segment ends at or before an LSN.
  boolean retires(long lsn) {
    return !segments.isEmpty() && segments.first() + segmentSize() <= lsn;
  }

  /// Takes the oldest segment away; nobody needs it.
  void retireFirst() throws IOException {
    retire(segments.first());
  }

  /// Takes a segment away, to be used again or for good; nobody needs it. What cannot be taken away
  /// stays until the log is opened again.
  void retire(long firstLsn) throws IOException {
    segments.remove(firstLsn);
    count();
    String name = WalFormat.fileName(firstLsn, WalFormat.SEGMENT_SUFFIX);
    String spare = WalFormat.fileName(firstLsn, WalFormat.SPARE_SUFFIX);
    if (spares.size() < SPARES_MAX && !isTaken(spare)) {
      disk.rename(name, spare);
      disk.sync();
      spares.add(spare);
      count();
    } else {
      disk.delete(name);
    }
  }

  /// Whether a file has that name: the same LSN may have had a segment before, which was not needed
  /// in the end.
  private boolean isTaken(String spare) {
    return spares.contains(spare) || (growth != null && growth.name.equals(spare));
  }

  private long fileSize() {
    return (long) WalFormat.STREAM_OFFSET + segmentSize();
  }

  /// A file that is on its way to be a segment.
  private static final class Growth {
    private final String name;
    private final DiskFile file;
    private long size;

    private Growth(String name, DiskFile file, long size) {
      this.name = name;
      this.file = file;
      this.size = size;
    }
  }
}
