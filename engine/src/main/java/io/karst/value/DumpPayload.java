package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.HeapBytes;

/// A value on its way between servers, what `DUMP` answers and `RESTORE` takes:
///
/// ```
/// type       1 byte
/// value      as in an RDB file
/// version    2 bytes, the lowest first: that of the RDB format
/// checksum   8 bytes, the lowest first: CRC-64 of all before it
/// ```
///
/// Format: docs/formats/dump-payload.md.
///
/// - `type`: the RDB type, 0 to 255; not necessarily one this build knows.
/// - `value`: what follows it, to be read to its end.
public record DumpPayload(int type, RdbReader value) {
  /// The RDB type of a string.
  public static final int STRING = 0;

  /// The version Redis 7.0 writes: payloads made here load into it and all later ones.
  private static final int VERSION_WRITTEN = 10;

  /// The last version known not to change what an older one could say.
  private static final int VERSION_MAX = 12;

  private static final int FOOTER_SIZE = Short.BYTES + Long.BYTES;

  /// Enough for most; a long string makes the writer grow to its length, if it is not compressed.
  private static final int CAPACITY = 64;

  /// Checks version and checksum.
  ///
  /// - `payload`: not copied if it is on the heap.
  /// - throws [CommandException] if it is none, was damaged, or is of a version yet unknown.
  public static DumpPayload open(Bytes payload) {
    HeapBytes bytes = payload instanceof HeapBytes heap ? heap : (HeapBytes) payload.copy();
    int size = bytes.length() - FOOTER_SIZE;
    if (size < 0) {
      throw damaged();
    }
    byte[] array = bytes.array();
    RdbReader footer = new RdbReader(array, bytes.offset() + size, FOOTER_SIZE);
    int version = (int) footer.readLittleEndian(Short.BYTES) & 0xffff;
    long checksum = footer.readLittleEndian(Long.BYTES);
    if (version > VERSION_MAX || checksum != Crc64.of(array, bytes.offset(), size + Short.BYTES)) {
      throw damaged();
    }
    RdbReader value = new RdbReader(array, bytes.offset(), size);
    return new DumpPayload(value.readByte(), value);
  }

  /// The payload of a string.
  public static Bytes ofString(Bytes string) {
    RdbWriter out = new RdbWriter(CAPACITY);
    out.writeByte(STRING);
    RdbStringCodec.write(out, string);
    return seal(out);
  }

  /// Completes a payload whose type and value have been written.
  static Bytes seal(RdbWriter out) {
    out.writeLittleEndian(VERSION_WRITTEN, Short.BYTES);
    out.writeLittleEndian(out.checksum(), Long.BYTES);
    return out.bytes();
  }

  /// The string this is the payload of.
  ///
  /// - `max`: the longest one allowed, in bytes.
  /// - throws [CommandException] if it is of another type, malformed, or does not end where the
  ///   payload does.
  public Bytes string(int max) {
    if (type != STRING) {
      throw RdbReader.malformed();
    }
    Bytes string = RdbStringCodec.read(value, max);
    if (value.remaining() > 0) {
      throw RdbReader.malformed();
    }
    return string;
  }

  private static CommandException damaged() {
    return CommandException.err("DUMP payload version or checksum are wrong");
  }
}
