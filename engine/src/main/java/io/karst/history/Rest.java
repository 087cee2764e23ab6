package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.DiskFile;
import java.io.EOFException;
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
  private final boolean closed;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);

  /// - `durable`: everything before it is on disk.
  /// - `end`: where the log will go on.
  /// - `closed`: whether it was closed there: all is durable then, and nothing is behind it.
  Rest(Disk disk, SegmentHeader header, long durable, long end, boolean closed) {
    this.disk = disk;
    this.header = header;
    this.durable = durable;
    this.end = end;
    this.closed = closed;
  }

  /// Writes again what is between the two, and zeros from the end on; durably. Nothing is taken for
  /// written because it can be read: an attempt to do all this may have failed in the last step.
  void settle(long segment) throws IOException {
    long segmentEnd = segment + header.segmentSize();
    if (closed || segmentEnd <= durable) {
      return;
    }
    long zeroFrom = Math.min(end, segmentEnd);
    try (DiskFile file = disk.open(header.withFirstLsn(segment).fileName())) {
      for (long lsn = Math.max(segment, durable); lsn < zeroFrom; lsn += piece.position()) {
        if (read(file, segment, lsn, zeroFrom) == 0) {
          throw new EOFException("a file of the log became shorter");
        }
        file.write(offset(segment, lsn), piece.flip());
      }
      for (long lsn = zeroFrom; lsn < segmentEnd; lsn += PIECE) {
        int size = (int) Math.min(PIECE, segmentEnd - lsn);
        file.write(offset(segment, lsn), zeros.slice(0, size));
      }
      file.sync();
    }
  }

  /// Whether a segment past the end is as it was allocated: nothing but zeros was ever in it, or
  /// what the log had long before, and nobody has written to it since.
  boolean isUnused(long segment) throws IOException {
    SegmentHeader expected = header.withFirstLsn(segment);
    try {
      if (!StreamInput.readHeader(disk, segment).equals(expected)) {
        return false;
      }
    } catch (DamagedLogException | UnusableLogException e) {
      return false;
    }
    if (closed) {
      return true;
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
