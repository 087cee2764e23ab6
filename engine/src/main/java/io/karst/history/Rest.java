package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What is on disk from the last position that was durable for certain on, of a log that is about
/// to be written again. See [WalStart].
///
/// Thread: its owner's.
final class Rest {
  private static final int PIECE = 1 << 20;

  private final Disk disk;
  private final SegmentHeader header;
  private final long durable;
  private final long end;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);

  /// - `durable`: everything before it is on disk.
  /// - `end`: where the log will go on.
  Rest(Disk disk, SegmentHeader header, long durable, long end) {
    this.disk = disk;
    this.header = header;
    this.durable = durable;
    this.end = end;
  }

  /// Writes again what is between the two, and zeros from the end on; durably.
  void settle(long segment) throws IOException {
    long segmentEnd = segment + header.segmentSize();
    long again = Math.max(segment, Math.min(durable, segmentEnd));
    long zeros = Math.min(end, segmentEnd);
    try (DiskFile file = disk.open(header.withFirstLsn(segment).fileName())) {
      boolean written = false;
      for (long lsn = again; lsn < zeros; lsn += piece.position()) {
        read(file, segment, lsn, zeros);
        file.write(offset(segment, lsn), piece.flip());
        written = true;
      }
      written |= zero(file, segment, zeros, segmentEnd);
      if (written) {
        file.sync();
      }
    }
  }

  /// Whether a segment past the end is as it was allocated: nothing but zeros was ever in it.
  boolean isUnused(long segment) throws IOException {
    SegmentHeader expected = header.withFirstLsn(segment);
    try {
      if (!StreamInput.readHeader(disk, segment).equals(expected)) {
        return false;
      }
    } catch (DamagedLogException | UnusableLogException e) {
      return false;
    }
    try (DiskFile file = disk.openToRead(expected.fileName())) {
      long segmentEnd = segment + header.segmentSize();
      long lsn = segment;
      while (lsn < segmentEnd && read(file, segment, lsn, segmentEnd) > 0 && isZero()) {
        lsn += piece.position();
      }
      return lsn == segmentEnd;
    }
  }

  /// Makes a range zero where it is not; whether there was such a place.
  private boolean zero(DiskFile file, long segment, long from, long to) throws IOException {
    boolean written = false;
    for (long lsn = from; lsn < to; ) {
      int size = (int) Math.min(PIECE, to - lsn);
      if (read(file, segment, lsn, to) < size || !isZero()) {
        file.write(offset(segment, lsn), zeros.slice(0, size));
        written = true;
      }
      lsn += size;
    }
    return written;
  }

  /// Reads a piece from an LSN on; returns its size, which is the buffer's position.
  private int read(DiskFile file, long segment, long lsn, long to) throws IOException {
    piece.clear().limit((int) Math.min(PIECE, to - lsn));
    return file.read(offset(segment, lsn), piece);
  }

  private boolean isZero() {
    int size = piece.position();
    return piece.slice(0, size).mismatch(zeros.slice(0, size)) < 0;
  }

  private static long offset(long segment, long lsn) {
    return lsn - segment + WalFormat.STREAM_OFFSET;
  }
}
