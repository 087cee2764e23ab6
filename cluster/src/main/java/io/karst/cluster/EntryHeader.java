package io.karst.cluster;

import io.karst.base.Invariant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/// What an entry of the Raft log says of its content.
///
/// - `term`: that in which its leader began to lead; of another leader's time if it is not that of
///   the entry itself.
/// - `lsn`: where its frames begin, or the one that it is a part of.
/// - `bodySize`: bytes behind the header.
/// - `frameSize`, `offset`: of a part: how long the whole frame is, and where in it the part
///   begins; of frames `bodySize` and 0.
///
/// Format: docs/formats/raft-entry.md.
record EntryHeader(boolean part, long term, long lsn, int bodySize, long frameSize, long offset) {
  /// The header of whole frames, with their bytes behind it.
  static ByteString frames(long term, long lsn, ByteString body) {
    return header(EntryFormat.HEADER_SIZE, EntryFormat.FRAMES, term, lsn).concat(body);
  }

  /// Part of a frame.
  ///
  /// - `frame`: all of it; `from..to` is the part. Not copied, not changed any more.
  static ByteString part(long term, long lsn, byte[] frame, int from, int to) {
    byte[] header = new byte[EntryFormat.PART_HEADER_SIZE];
    ByteBuffer buffer = fill(header, EntryFormat.PART, term, lsn);
    buffer.putLong(EntryFormat.AT_FRAME_SIZE, frame.length);
    buffer.putLong(EntryFormat.AT_OFFSET, from);
    return UnsafeByteOperations.unsafeWrap(header)
        .concat(UnsafeByteOperations.unsafeWrap(frame, from, to - from));
  }

  private static ByteString header(int size, int kind, long term, long lsn) {
    byte[] header = new byte[size];
    fill(header, kind, term, lsn);
    return UnsafeByteOperations.unsafeWrap(header);
  }

  private static ByteBuffer fill(byte[] header, int kind, long term, long lsn) {
    ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(EntryFormat.AT_VERSION, (byte) EntryFormat.VERSION);
    buffer.put(EntryFormat.AT_KIND, (byte) kind);
    buffer.putLong(EntryFormat.AT_TERM, term);
    buffer.putLong(EntryFormat.AT_LSN, lsn);
    return buffer;
  }

  /// Reads the header of an entry.
  ///
  /// - throws an invariant's violation if it is none: a later version wrote it, or it is damaged.
  static EntryHeader of(ByteString entry) {
    check(entry.size() >= EntryFormat.HEADER_SIZE, entry);
    int peek = Math.min(entry.size(), EntryFormat.PART_HEADER_SIZE);
    ByteBuffer buffer =
        entry.substring(0, peek).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    check(buffer.get(EntryFormat.AT_VERSION) == EntryFormat.VERSION, entry);
    long term = buffer.getLong(EntryFormat.AT_TERM);
    long lsn = buffer.getLong(EntryFormat.AT_LSN);
    int kind = buffer.get(EntryFormat.AT_KIND);
    if (kind == EntryFormat.FRAMES) {
      int bodySize = entry.size() - EntryFormat.HEADER_SIZE;
      return new EntryHeader(false, term, lsn, bodySize, bodySize, 0);
    }
    check(kind == EntryFormat.PART && entry.size() > EntryFormat.PART_HEADER_SIZE, entry);
    long frameSize = buffer.getLong(EntryFormat.AT_FRAME_SIZE);
    long offset = buffer.getLong(EntryFormat.AT_OFFSET);
    int bodySize = entry.size() - EntryFormat.PART_HEADER_SIZE;
    check(
        frameSize <= EntryFormat.FRAME_SIZE_MAX && offset >= 0 && offset + bodySize <= frameSize,
        entry);
    return new EntryHeader(true, term, lsn, bodySize, frameSize, offset);
  }

  private static void check(boolean sound, ByteString entry) {
    Invariant.check(
        sound, () -> "an entry of the Raft log of " + entry.size() + " bytes is not understood");
  }

  /// Where the body begins.
  int size() {
    return part ? EntryFormat.PART_HEADER_SIZE : EntryFormat.HEADER_SIZE;
  }

  /// Whether the frame is whole with this part.
  boolean last() {
    return offset + bodySize == frameSize;
  }

  /// Just past its frames.
  long endLsn() {
    return lsn + frameSize;
  }
}
