package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.Invariant;
import java.io.IOException;
import java.util.NavigableSet;

/// What a log has when it begins to be written: the stream up to its end, and the files.
///
/// *After a crash* there may be anything past the end: frames that are whole and come after one
/// that is torn. They must never count again, not even when a frame that is appended later ends
/// just where one of them begins. So before anything is appended the rest of the end's segment is
/// made zero, later segments that are not zero are deleted, and that is made durable. Until then
/// the end is where it was, and a crash in between changes nothing. The end's segment itself stays,
/// even if the end is its beginning: it may be the last file, and a log that was opened is never
/// gone.
///
/// *Before* the end, what no mark says was durable is written again as it is: if the process
/// stopped because a sync had failed, the system may hold pages that it takes for written and that
/// are not on disk.
///
/// *After a close* ([CleanEnd]) neither is needed.
record WalStart(Stream stream, SegmentFiles files, long logId) {
  static WalStart create(WalOptions options, long firstLsn) throws IOException {
    int size = options.segmentSize();
    Invariant.check(
        Integer.bitCount(size) == 1
            && size >= WalFormat.SEGMENT_SIZE_MIN
            && size <= WalFormat.SEGMENT_SIZE_MAX,
        "the size of a segment is a power of two within bounds");
    Invariant.check(
        firstLsn >= 0 && firstLsn % WalFormat.FRAME_ALIGNMENT == 0,
        "a log begins at a multiple of the alignment of frames");
    Disk disk = options.disk();
    if (Wal.exists(disk)) {
      throw new UnusableLogException("there is a log in " + disk.path() + " already");
    }
    CleanEnd.remove(disk);
    clear(disk, WalFormat.SPARE_SUFFIX);
    clear(disk, WalFormat.UNFINISHED_SUFFIX);
    long segment = firstLsn & -size;
    SegmentHeader header = new SegmentHeader(size, options.seed(), segment, firstLsn);
    WalStart start =
        new WalStart(new Stream(size, firstLsn), new SegmentFiles(disk, header), header.logId());
    try {
      Segment first = null;
      while (first == null) {
        first = start.files.grow(segment);
      }
      start.stream.add(first);
      return start;
    } catch (IOException e) {
      start.files.abandonGrowth();
      throw e;
    }
  }

  /// Takes over where a reader has come to its end.
  static WalStart after(WalOptions options, WalReader history) throws IOException {
    Disk disk = options.disk();
    SegmentHeader header = history.input().header();
    long end = history.end().lsn();
    clear(disk, WalFormat.UNFINISHED_SUFFIX);
    WalStart start =
        new WalStart(
            new Stream(header.segmentSize(), end), new SegmentFiles(disk, header), header.logId());
    try {
      CleanEnd.remove(disk);
      start.settle(disk, header, history);
      return start;
    } catch (IOException | RuntimeException e) {
      start.stream.close();
      throw e;
    }
  }

  private void settle(Disk disk, SegmentHeader header, WalReader history) throws IOException {
    long end = stream.tail();
    NavigableSet<Long> segments = history.input().segments();
    Rest rest = new Rest(disk, header, history.durable(), end, history.closed());
    for (long segment : segments.headSet(end, true)) {
      files.note(segment);
      rest.settle(segment);
    }
    if (end % header.segmentSize() != 0 || segments.contains(end)) {
      SegmentHeader last = header.withFirstLsn(end & -header.segmentSize());
      stream.add(Segment.map(last, disk.open(last.fileName())));
    }
    adopt(disk, rest, segments.tailSet(end, false));
  }

  /// Takes over what was allocated ahead of the end, as far as it is unused, and removes the rest.
  private void adopt(Disk disk, Rest rest, Iterable<Long> ahead) throws IOException {
    boolean unused = true;
    for (long segment : ahead) {
      unused = unused && segment == stream.endLsn() && rest.isUnused(segment);
      String name = WalFormat.fileName(segment, WalFormat.SEGMENT_SUFFIX);
      if (unused) {
        stream.add(Segment.map(files.header(segment), disk.open(name)));
        files.note(segment);
      } else {
        disk.delete(name);
      }
    }
    for (String name : disk.list()) {
      if (name.endsWith(WalFormat.SPARE_SUFFIX)) {
        files.noteSpare(name);
      }
    }
    disk.sync();
  }

  private static void clear(Disk disk, String suffix) throws IOException {
    for (String name : disk.list()) {
      if (name.endsWith(suffix)) {
        disk.delete(name);
      }
    }
  }
}
