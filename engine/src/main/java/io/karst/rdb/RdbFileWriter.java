package io.karst.rdb;

import io.karst.base.Bytes;
import io.karst.memory.Record;
import io.karst.value.DumpPayload;
import io.karst.value.RdbStringCodec;
import io.karst.value.RdbType;
import io.karst.value.RdbWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/// Writes an RDB file to a stream: what is said about the file, then the entries, database by
/// database, then [#end], without which it is none.
///
/// ```java
/// RdbFileWriter file = new RdbFileWriter(out, RdbVersion.WRITTEN);
/// file.aux("redis-bits", "64");
/// file.database(0, 1, 0);
/// file.string(key, Record.NO_EXPIRY, RdbAccess.NONE, string);
/// file.end();
/// ```
///
/// Memory: that of one entry, at least some ten kilobytes. Thread: its owner's.
/// Format: docs/formats/rdb.md.
public final class RdbFileWriter {
  private static final int CAPACITY = 1 << 16;

  private final OutputStream stream;
  private final int version;
  private final RdbWriter out = new RdbWriter(CAPACITY + (CAPACITY >>> 2));
  private long checksum;
  private long size;

  /// - `stream`: needs no buffer, and is not closed.
  /// - `version`: [RdbVersion#WRITTEN], or a later one if there are values of types it lacks.
  public RdbFileWriter(OutputStream stream, int version) {
    this.stream = stream;
    this.version = version;
    String digits = String.format(Locale.ROOT, "%04d", version);
    out.writeBytes(Bytes.of(Opcode.MAGIC));
    out.writeBytes(Bytes.utf8(digits));
  }

  /// The version of the file.
  public int version() {
    return version;
  }

  /// Says something about the file; readers pass over names they do not know.
  public void aux(String name, String value) throws IOException {
    out.writeByte(Opcode.AUX);
    RdbStringCodec.write(out, Bytes.utf8(name));
    RdbStringCodec.write(out, Bytes.utf8(value));
    drainIfFull();
  }

  /// Writes a library of functions. Before the entries.
  public void function(Bytes source) throws IOException {
    out.writeByte(Opcode.FUNCTION);
    RdbStringCodec.write(out, source);
    drainIfFull();
  }

  /// Begins the entries of a database.
  ///
  /// - `keys`, `expiring`: how many there will be, and how many of them expire; a hint to the
  ///   reader to make room, which need not be exact.
  public void database(int number, long keys, long expiring) throws IOException {
    out.writeByte(Opcode.SELECT_DATABASE);
    out.writeLength(number);
    out.writeByte(Opcode.RESIZE_DATABASE);
    out.writeLength(keys);
    out.writeLength(expiring);
    drainIfFull();
  }

  /// Writes an entry whose value is a string.
  public void string(Bytes key, long expiryMillis, RdbAccess access, Bytes string)
      throws IOException {
    head(key, expiryMillis, access, RdbType.STRING);
    RdbStringCodec.write(out, string);
    drainIfFull();
  }

  /// Writes an entry whose value is serialised already, of whatever type.
  public void value(Bytes key, long expiryMillis, RdbAccess access, DumpPayload value)
      throws IOException {
    head(key, expiryMillis, access, value.type());
    out.writeBytes(value.value());
    drainIfFull();
  }

  /// Ends the file and flushes the stream.
  ///
  /// - returns: the size of the file, in bytes.
  public long end() throws IOException {
    out.writeByte(Opcode.END);
    checksum = out.checksum(checksum);
    size += out.size();
    out.drainTo(stream);
    out.writeLittleEndian(checksum, Long.BYTES);
    size += out.size();
    out.drainTo(stream);
    stream.flush();
    return size;
  }

  private void head(Bytes key, long expiryMillis, RdbAccess access, RdbType type) {
    if (expiryMillis != Record.NO_EXPIRY) {
      out.writeByte(Opcode.EXPIRY_MILLIS);
      out.writeLittleEndian(expiryMillis, Long.BYTES);
    }
    if (access.idleSeconds() != RdbAccess.UNKNOWN) {
      out.writeByte(Opcode.IDLE);
      out.writeLength(access.idleSeconds());
    }
    if (access.frequency() != RdbAccess.UNKNOWN) {
      out.writeByte(Opcode.FREQUENCY);
      out.writeByte(access.frequency());
    }
    out.writeByte(type.code());
    RdbStringCodec.write(out, key);
  }

  private void drainIfFull() throws IOException {
    if (out.size() >= CAPACITY) {
      checksum = out.checksum(checksum);
      size += out.size();
      out.drainTo(stream);
    }
  }
}
