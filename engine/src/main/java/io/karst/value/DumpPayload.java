package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.HeapBytes;

/// A value in its serialised form: what a key is in an RDB file, and between servers, which is
/// what `DUMP` answers and `RESTORE` takes:
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
/// - `type`: not necessarily one this build has values of.
/// - `value`: what follows the type, to be read to its end.
public record DumpPayload(RdbType type, Bytes value) {
  private static final int FOOTER_SIZE = Short.BYTES + Long.BYTES;

  /// Enough for most; a long string makes the writer grow to its length, if it is not compressed.
  private static final int CAPACITY = 64;

  /// Checks version and checksum.
  ///
  /// - `payload`: not copied if it is on the heap.
  /// - throws [CommandException] if it is none, was damaged, or is of a version or a type yet
  ///   unknown.
  public static DumpPayload open(Bytes payload) {
    int size = payload.length() - FOOTER_SIZE;
    if (size < 0) {
      throw damaged();
    }
    HeapBytes bytes = payload instanceof HeapBytes heap ? heap : (HeapBytes) payload.copy();
    long checksum = bytes.longAt(size + Short.BYTES);
    if (version(bytes) > RdbVersion.NEWEST
        || checksum != Crc64.of(bytes.array(), bytes.offset(), size + Short.BYTES)) {
      throw damaged();
    }
    RdbReader value = RdbReader.of(bytes.slice(0, size));
    RdbType type = RdbType.of(value.readByte());
    if (type == null) {
      throw value.malformed("a type there is none of");
    }
    return new DumpPayload(type, bytes.slice(1, size - 1));
  }

  /// The version of the format that a payload says it is of.
  ///
  /// - throws [CommandException] if it is too short to be one.
  public static int version(Bytes payload) {
    int at = payload.length() - FOOTER_SIZE;
    if (at < 0) {
      throw damaged();
    }
    return (payload.at(at) & 0xff) | (payload.at(at + 1) & 0xff) << Byte.SIZE;
  }

  /// The payload of a string.
  public static Bytes ofString(Bytes string) {
    RdbWriter out = new RdbWriter(CAPACITY);
    out.writeByte(RdbType.STRING.code());
    RdbStringCodec.write(out, string);
    return seal(out, RdbVersion.WRITTEN);
  }

  /// The payload as `DUMP` answers it: of the version that is written, or of the first that has the
  /// type.
  public Bytes dumped() {
    return sealed(RdbVersion.WRITTEN);
  }

  /// The payload as `RESTORE` takes it, of the first version that has the type: any server that
  /// knows the type takes it.
  public Bytes sealed() {
    return sealed(RdbVersion.OLDEST);
  }

  private Bytes sealed(int atLeast) {
    RdbWriter out = new RdbWriter(1 + value.length() + FOOTER_SIZE);
    out.writeByte(type.code());
    out.writeBytes(value);
    return seal(out, Math.max(type.since(), atLeast));
  }

  /// Completes a payload whose type and value have been written.
  private static Bytes seal(RdbWriter out, int version) {
    out.writeLittleEndian(version, Short.BYTES);
    out.writeLittleEndian(out.checksum(), Long.BYTES);
    return out.bytes();
  }

  /// The string this is the payload of, a view of it where it can be.
  ///
  /// - `max`: the longest one allowed, in bytes.
  /// - throws [CommandException] if it is of another type, malformed, or does not end where the
  ///   payload does.
  public Bytes string(int max) {
    RdbReader in = RdbReader.of(value);
    if (type != RdbType.STRING) {
      throw in.malformed("a value of another type");
    }
    Bytes string = RdbStringCodec.read(in, max);
    if (in.remaining() > 0) {
      throw in.malformed("more than a string");
    }
    return string;
  }

  private static CommandException damaged() {
    return CommandException.err("DUMP payload version or checksum are wrong");
  }
}
