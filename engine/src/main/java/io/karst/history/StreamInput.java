package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.DiskFile;
import io.karst.memory.MappedRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the stream back from its files, as one piece of memory at a time, through the system's
/// read call: a disk that fails is an exception here, not a signal.
///
/// Thread: its owner's.
final class StreamInput implements AutoCloseable {
  /// As much as is replayed at once ([FrameVisitor#release]).
  static final int REPLAY_WINDOW_SIZE = 8 << 20;

  private static final int READ_SIZE_MAX = 1 << 30;

  private final Disk disk;
  private final SegmentHeader header;
  private final NavigableSet<Long> segments;

  /// Whether the headers of files are believed unread.
  private boolean lenient;

  /// Bytes of the stream from `windowLsn` up to `windowEndLsn`.
  private MappedRegion window;

  private final int windowSize;

  private long windowLsn;
  private long windowEndLsn;
  private Runnable beforeMove = () -> {};

  private @Nullable DiskFile file;
  private long fileLsn;

  private StreamInput(
      Disk disk, SegmentHeader header, NavigableSet<Long> segments, int windowSize) {
    this.disk = disk;
    this.header = header;
    this.segments = segments;
    this.windowSize = windowSize;
    this.window = MappedRegion.allocate(windowSize);
  }

  /// Opens the log in a directory.
  ///
  /// - `fromLsn`: what is to be read; an earlier file may be damaged.
  /// - `windowSize`: how much is loaded at once, in bytes, unless a frame is larger.
  static StreamInput open(Disk disk, long fromLsn, int windowSize) throws IOException {
    NavigableSet<Long> segments = segments(disk);
    if (segments.isEmpty()) {
      throw new UnusableLogException("there is no log in " + disk.path());
    }
    Long first = segments.floor(fromLsn);
    SegmentHeader header = readHeader(disk, first == null ? segments.first() : first);
    return new StreamInput(disk, header, segments, windowSize);
  }

  /// The first LSNs of the segments in a directory.
  static NavigableSet<Long> segments(Disk disk) throws IOException {
    NavigableSet<Long> segments = new TreeSet<>();
    for (String name : disk.list()) {
      if (name.matches("[0-7][0-9a-f]{15}\\" + WalFormat.SEGMENT_SUFFIX)) {
        segments.add(Long.parseLong(name.substring(0, 16), 16));
      }
    }
    return segments;
  }

  static SegmentHeader readHeader(Disk disk, long firstLsn) throws IOException {
    String name = WalFormat.fileName(firstLsn, WalFormat.SEGMENT_SUFFIX);
    ByteBuffer bytes = ByteBuffer.allocate(WalFormat.HEADER_SIZE);
    try (DiskFile file = disk.openToRead(name)) {
      file.read(0, bytes);
    }
    return SegmentHeader.decode(bytes.flip(), firstLsn, disk.path().resolve(name).toString());
  }

  SegmentHeader header() {
    return header;
  }

  /// The first LSNs of the segments there are.
  NavigableSet<Long> segments() {
    return segments;
  }

  /// Forgets what is loaded, and which files there are: both may have grown.
  void refresh() throws IOException {
    beforeMove.run();
    windowEndLsn = windowLsn;
    segments.clear();
    segments.addAll(segments(disk));
  }

  /// From now on files are read whatever their headers say.
  void lenient() {
    lenient = true;
  }

  /// Calls `action` each time before bytes that were loaded go from where they are.
  void beforeMoves(Runnable action) {
    beforeMove = action;
  }

  /// Whether there are `size` bytes from an LSN on; they are in the memory then, until the next
  /// call.
  ///
  /// - throws [DamagedLogException] if a file in question is not one of this log.
  boolean load(long lsn, long size) throws IOException {
    if (lsn < windowLsn || lsn > windowEndLsn) {
      beforeMove.run();
      windowLsn = lsn;
      windowEndLsn = lsn;
    }
    if (lsn + size > windowLsn + window.size()) {
      slide(lsn, size);
    }
    while (windowEndLsn < lsn + size) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  /// The LSN just past what is in the memory.
  long loadedEnd() {
    return windowEndLsn;
  }

  MappedRegion memory() {
    return window;
  }

  /// Where in the memory an LSN is that was loaded.
  long offset(long lsn) {
    return lsn - windowLsn;
  }

  Path directory() {
    return disk.path();
  }

  /// The file and the offset in it of an LSN, for people.
  String place(long lsn) {
    long first = lsn & -header.segmentSize();
    return disk.path().resolve(WalFormat.fileName(first, WalFormat.SEGMENT_SUFFIX))
        + " at offset "
        + (lsn - first + WalFormat.STREAM_OFFSET);
  }

  /// Makes room for `size` bytes from `lsn` on; keeps what is there of them, if the window stays.
  private void slide(long lsn, long size) {
    beforeMove.run();
    if (size <= windowSize && window.size() == windowSize) {
      window.move(lsn - windowLsn, 0, windowEndLsn - lsn);
    } else {
      // For a large frame alone: it is as large as all the values in it.
      window.close();
      window = MappedRegion.allocate(Math.max(size, windowSize));
      windowEndLsn = lsn;
    }
    windowLsn = lsn;
  }

  /// Reads more of the file the window ends in; whether there was anything.
  private boolean fill() throws IOException {
    long first = windowEndLsn & -header.segmentSize();
    if (!segments.contains(first)) {
      return false;
    }
    long rest = first + header.segmentSize() - windowEndLsn;
    long free = windowLsn + window.size() - windowEndLsn;
    int size = (int) Math.min(Math.min(rest, free), READ_SIZE_MAX);
    ByteBuffer target = window.buffer(windowEndLsn - windowLsn, size);
    int count = open(first).read(windowEndLsn - first + WalFormat.STREAM_OFFSET, target);
    windowEndLsn += count;
    return count > 0;
  }

  private DiskFile open(long firstLsn) throws IOException {
    DiskFile open = file;
    if (open != null && fileLsn == firstLsn) {
      return open;
    }
    if (open != null) {
      open.close();
      file = null;
    }
    if (!lenient && !readHeader(disk, firstLsn).equals(header.withFirstLsn(firstLsn))) {
      throw new DamagedLogException(firstLsn, place(firstLsn) + ": a file of another log");
    }
    open = disk.openToRead(WalFormat.fileName(firstLsn, WalFormat.SEGMENT_SUFFIX));
    file = open;
    fileLsn = firstLsn;
    return open;
  }

  @Override
  public void close() {
    window.close();
    if (file != null) {
      file.close();
    }
  }
}
