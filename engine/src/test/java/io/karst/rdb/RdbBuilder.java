package io.karst.rdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.karst.value.Crc64;
import io.karst.value.RdbWriter;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/// Puts an RDB file together byte by byte, right or wrong. In texts every character is one byte.
final class RdbBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// A file with the header of a version.
  static RdbBuilder version(int version) {
    return new RdbBuilder().text(String.format(Locale.ROOT, "REDIS%04d", version));
  }

  RdbBuilder bytes(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  RdbBuilder text(String text) {
    out.writeBytes(text.getBytes(ISO_8859_1));
    return this;
  }

  /// A number that is written as a length is.
  RdbBuilder length(long length) {
    RdbWriter writer = new RdbWriter(9);
    writer.writeLength(length);
    out.writeBytes(writer.bytes().toArray());
    return this;
  }

  /// A string that is not compressed.
  RdbBuilder string(String text) {
    return length(text.length()).text(text);
  }

  RdbBuilder littleEndian(long value, int count) {
    RdbWriter writer = new RdbWriter(count);
    writer.writeLittleEndian(value, count);
    out.writeBytes(writer.bytes().toArray());
    return this;
  }

  /// An entry whose value is a string.
  RdbBuilder entry(String key, String value) {
    return bytes(0).string(key).string(value);
  }

  /// The place of the byte that comes next.
  int position() {
    return out.size();
  }

  /// The bytes so far, without an end.
  byte[] cut() {
    return out.toByteArray();
  }

  /// The file, ended with its checksum.
  byte[] end() {
    bytes(Opcode.END);
    byte[] content = out.toByteArray();
    return littleEndian(Crc64.of(content, 0, content.length), Long.BYTES).cut();
  }
}
