package io.karst.history;

import io.karst.base.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The word of a process that closed a log: it ends there, and nothing was ever written past it.
///
/// With it the next start neither looks for more behind the end nor makes zeros of what is there.
/// The word is taken back, durably, before anything is appended; one that is stale all the same
/// has a frame where it says the end is.
///
/// Format: docs/formats/wal.md §7. Thread: the caller's.
final class CleanEnd {
  /// No word.
  static final long NONE = -1;

  private CleanEnd() {}

  /// Says that the log ends at an LSN, durably.
  static void write(Disk disk, long logId, long lsn) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(WalFormat.END_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(WalFormat.END_MAGIC, WalFormat.CLOSED);
    bytes.putLong(WalFormat.END_LOG_ID, logId);
    bytes.putLong(WalFormat.END_LSN, lsn);
    bytes.putInt(WalFormat.END_CRC, checksum(bytes));
    disk.write(WalFormat.END_FILE, bytes.array());
  }

  /// Where the log ends; [#NONE] if nobody says so, or not of this log.
  static long read(Disk disk, long logId) throws IOException {
    byte[] content = disk.read(WalFormat.END_FILE);
    if (content == null || content.length != WalFormat.END_SIZE) {
      return NONE;
    }
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    boolean valid =
        bytes.getLong(WalFormat.END_MAGIC) == WalFormat.CLOSED
            && bytes.getLong(WalFormat.END_LOG_ID) == logId
            && bytes.getInt(WalFormat.END_CRC) == checksum(bytes);
    return valid ? bytes.getLong(WalFormat.END_LSN) : NONE;
  }

  /// Takes the word back, durably.
  static void remove(Disk disk) throws IOException {
    if (disk.list().contains(WalFormat.END_FILE)) {
      disk.delete(WalFormat.END_FILE);
      disk.sync();
    }
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(WalFormat.END_CRC));
    return (int) crc.getValue();
  }
}
