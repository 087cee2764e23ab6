package io.karst.rdb;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.HeapBytes;
import io.karst.base.Limits;
import io.karst.value.Crc64;
import io.karst.value.RdbReader;
import io.karst.value.RdbStringCodec;
import io.karst.value.RdbVersion;
import io.karst.value.RdbWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Libraries of functions as `FUNCTION DUMP` writes them: as in an RDB file, then the version of
/// the format and a checksum.
///
/// Format: docs/formats/rdb.md §2, docs/formats/dump-payload.md.
public final class LibraryPayload {
  private static final int CAPACITY = 256;
  private static final int FOOTER_SIZE = Short.BYTES + Long.BYTES;

  private LibraryPayload() {}

  /// The payload of these sources.
  public static Bytes of(Collection<Bytes> sources) {
    RdbWriter out = new RdbWriter(CAPACITY);
    for (Bytes source : sources) {
      out.writeByte(Opcode.FUNCTION);
      RdbStringCodec.write(out, source);
    }
    out.writeLittleEndian(RdbVersion.WRITTEN, Short.BYTES);
    out.writeLittleEndian(out.checksum(), Long.BYTES);
    return out.bytes();
  }

  /// The sources in a payload.
  ///
  /// - throws [CommandException] if it is none, was damaged, or is of a version yet unknown.
  public static List<Bytes> open(Bytes payload) {
    int size = payload.length() - FOOTER_SIZE;
    if (size < 0) {
      throw damaged();
    }
    HeapBytes bytes = payload instanceof HeapBytes heap ? heap : (HeapBytes) payload.copy();
    int version = (bytes.at(size) & 0xff) | (bytes.at(size + 1) & 0xff) << Byte.SIZE;
    long checksum = bytes.longAt(size + Short.BYTES);
    if (version > RdbVersion.NEWEST
        || checksum != Crc64.of(bytes.array(), bytes.offset(), size + Short.BYTES)) {
      throw damaged();
    }
    RdbReader in = RdbReader.of(bytes.slice(0, size));
    List<Bytes> sources = new ArrayList<>();
    while (in.remaining() > 0) {
      if (in.readByte() != Opcode.FUNCTION) {
        throw CommandException.err("given type is not a function");
      }
      sources.add(RdbStringCodec.read(in, Limits.STRING_SIZE_MAX).copy());
    }
    return sources;
  }

  private static CommandException damaged() {
    return CommandException.err("DUMP payload version or checksum are wrong");
  }
}
