package io.karst.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// What a file of the log says about itself.
///
/// - `segmentSize`: bytes of the stream in it, the same for all files of a log.
/// - `logId`: the same for all files of a log, and for no other log.
/// - `firstLsn`: where in the stream it begins; its name says so too.
/// - `originLsn`: where the whole log began.
///
/// Format: docs/formats/wal.md §2.
record SegmentHeader(int segmentSize, long logId, long firstLsn, long originLsn) {
  SegmentHeader withFirstLsn(long lsn) {
    return new SegmentHeader(segmentSize, logId, lsn, originLsn);
  }

  String fileName() {
    return WalFormat.fileName(firstLsn, WalFormat.SEGMENT_SUFFIX);
  }

  ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(WalFormat.HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(WalFormat.HEADER_MAGIC, WalFormat.MAGIC);
    bytes.putInt(WalFormat.HEADER_VERSION, WalFormat.VERSION);
    bytes.putInt(WalFormat.HEADER_SEGMENT_SIZE, segmentSize);
    bytes.putLong(WalFormat.HEADER_LOG_ID, logId);
    bytes.putLong(WalFormat.HEADER_FIRST_LSN, firstLsn);
    bytes.putLong(WalFormat.HEADER_ORIGIN_LSN, originLsn);
    bytes.putInt(WalFormat.HEADER_CRC, checksum(bytes));
    return bytes;
  }

  /// - `bytes`: the beginning of a file, as much as there is.
  /// - `file`: where it is, for the message.
  /// - throws [DamagedLogException] if it is not the beginning of a file of the log, and
  ///   [UnusableLogException] if it is one of a later version.
  static SegmentHeader decode(ByteBuffer bytes, long firstLsn, String file) {
    ByteBuffer header = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (header.remaining() < WalFormat.HEADER_SIZE
        || header.getLong(WalFormat.HEADER_MAGIC) != WalFormat.MAGIC
        || header.getInt(WalFormat.HEADER_CRC) != checksum(header)) {
      throw new DamagedLogException(
          firstLsn, file + " at offset 0: not the header of a log's file");
    }
    int version = header.getInt(WalFormat.HEADER_VERSION);
    if (version != WalFormat.VERSION) {
      throw new UnusableLogException(
          file
              + " has version "
              + version
              + " of the format; this build reads version "
              + WalFormat.VERSION);
    }
    SegmentHeader decoded =
        new SegmentHeader(
            header.getInt(WalFormat.HEADER_SEGMENT_SIZE),
            header.getLong(WalFormat.HEADER_LOG_ID),
            header.getLong(WalFormat.HEADER_FIRST_LSN),
            header.getLong(WalFormat.HEADER_ORIGIN_LSN));
    if (decoded.firstLsn != firstLsn || Integer.bitCount(decoded.segmentSize) != 1) {
      throw new DamagedLogException(
          firstLsn, file + " at offset 0: the header is that of " + decoded.fileName());
    }
    return decoded;
  }

  private static int checksum(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().position(0).limit(WalFormat.HEADER_CRC));
    return (int) crc.getValue();
  }
}
