package io.karst.lsm;

import io.karst.base.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The file `SEAL` beside RocksDB's: the version of the format, and how far the tier was flushed.
///
/// RocksDB takes a damaged end of its manifest for the torn end of a crash, opens an older state
/// and deletes the files that this does not know; without a manifest it makes an empty database.
/// So after each flush its sequence number is noted here, and a start that would find less is
/// refused before RocksDB may write.
///
/// Format: docs/formats/lsm.md.
record Seal(int version, long sequence) {
  private static final String NAME = "SEAL";
  private static final int MAGIC = 0x4b4c534d;
  private static final int SIZE = 20;

  /// Of this version of the format.
  Seal(long sequence) {
    this(TierFormat.VERSION, sequence);
  }

  /// The seal of a directory, null if it has none: then there is no tier.
  static @Nullable Seal read(Disk directory) throws IOException {
    byte[] content = directory.read(NAME);
    if (content == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(content);
    if (content.length != SIZE
        || buffer.getInt() != MAGIC
        || buffer.getInt(SIZE - Integer.BYTES) != checksum(content)) {
      throw new DamagedException(
          "the file " + directory.path().resolve(NAME) + " is damaged", null);
    }
    return new Seal(buffer.getInt(), buffer.getLong());
  }

  /// Makes this the seal of a directory, durably.
  void write(Disk directory) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(SIZE).putInt(MAGIC).putInt(version).putLong(sequence);
    directory.write(NAME, content.putInt(checksum(content.array())).array());
  }

  private static int checksum(byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content, 0, SIZE - Integer.BYTES);
    return (int) checksum.getValue();
  }
}
