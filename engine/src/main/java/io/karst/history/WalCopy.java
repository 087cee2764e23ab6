package io.karst.history;

import io.karst.base.Disk;
import io.karst.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Copies a part of a log while it is being written: the files that hold it, with zeros in the
/// place of what comes after it, so that the copy is a log that ends there.
///
/// Thread: the caller's; what it copies is complete, and nobody truncates it meanwhile.
final class WalCopy {
  private static final int PIECE = 1 << 20;

  private final Disk source;
  private final Disk target;
  private final SegmentHeader header;

  private WalCopy(Disk source, Disk target, SegmentHeader header) {
    this.source = source;
    this.target = target;
    this.header = header;
  }

  /// Copies the frames from `from` to `to`, both where frames begin, to an empty directory.
  static void copy(Disk source, Disk target, long from, long to) throws IOException {
    try (StreamInput input = StreamInput.open(source, from, StreamInput.REPLAY_WINDOW_SIZE)) {
      WalCopy copy = new WalCopy(source, target, input.header());
      long size = input.header().segmentSize();
      for (long segment = from & -size; segment <= to; segment += size) {
        copy.copySegment(segment, Math.min(to - segment, size));
      }
    }
    target.sync();
  }

  /// - `length`: bytes of the stream in it that count.
  private void copySegment(long segment, long length) throws IOException {
    SegmentHeader own = header.withFirstLsn(segment);
    try (DiskFile in = source.openToRead(own.fileName());
        DiskFile out = target.create(own.fileName())) {
      out.write(0, own.encode());
      long end = WalFormat.STREAM_OFFSET + length;
      for (long at = WalFormat.STREAM_OFFSET; at < end; at += PIECE) {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, end - at));
        in.read(at, piece);
        out.write(at, piece.flip());
      }
      fill(out, end, (long) WalFormat.STREAM_OFFSET + header.segmentSize());
      out.sync();
    }
  }

  private static void fill(DiskFile out, long from, long to) throws IOException {
    for (long at = from; at < to; at += PIECE) {
      out.write(at, ByteBuffer.allocate((int) Math.min(PIECE, to - at)));
    }
  }
}
