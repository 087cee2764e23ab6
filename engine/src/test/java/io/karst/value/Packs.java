package io.karst.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.karst.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/// Puts packed collections together byte by byte, from the description of the formats. In texts
/// every character is one byte.
final class Packs {
  private Packs() {}

  static byte[] bytes(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return array;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] littleEndian(long value, int count) {
    RdbWriter out = new RdbWriter(count);
    out.writeLittleEndian(value, count);
    return out.bytes().toArray();
  }

  static byte[] length(long length) {
    RdbWriter out = new RdbWriter(9);
    out.writeLength(length);
    return out.bytes().toArray();
  }

  /// A string that is neither compressed nor a number.
  static byte[] string(byte[] content) {
    return join(length(content.length), content);
  }

  static byte[] string(String text) {
    return string(text(text));
  }

  // ---- ziplists ----

  /// A ziplist of encodings, each without what stands before it.
  static byte[] ziplist(byte[]... encodings) {
    byte[] elements = {};
    int before = 0;
    int tail = 10;
    for (byte[] encoding : encodings) {
      byte[] back = before < 254 ? bytes(before) : join(bytes(254), littleEndian(before, 4));
      tail = 10 + elements.length;
      elements = join(elements, back, encoding);
      before = back.length + encoding.length;
    }
    return join(
        littleEndian(elements.length + 11, 4),
        littleEndian(tail, 4),
        littleEndian(encodings.length, 2),
        elements,
        bytes(255));
  }

  /// The encoding of a string.
  static byte[] zipped(String text) {
    int length = text.length();
    byte[] head =
        length < 64
            ? bytes(length)
            : length < 16_384
                ? bytes(0x40 | length >> 8, length)
                : bytes(0x80, length >> 24, length >> 16, length >> 8, length);
    return join(head, text(text));
  }

  // ---- others ----

  /// A listpack of texts, numbers among them as numbers.
  static byte[] listpack(String... elements) {
    ListpackWriter pack = new ListpackWriter(0);
    for (String element : elements) {
      pack.append(Bytes.of(text(element)));
    }
    return pack.end().toArray();
  }

  static byte[] intset(int size, long... members) {
    byte[] set = join(littleEndian(size, 4), littleEndian(members.length, 4));
    for (long member : members) {
      set = join(set, littleEndian(member, size));
    }
    return set;
  }

  static byte[] id(long millis, long sequence) {
    return join(
        littleEndian(Long.reverseBytes(millis), 8), littleEndian(Long.reverseBytes(sequence), 8));
  }

  /// `whole` with other bytes from `at` on.
  static byte[] with(byte[] whole, int at, int... replacement) {
    byte[] copy = whole.clone();
    for (int i = 0; i < replacement.length; i++) {
      copy[at + i] = (byte) replacement[i];
    }
    return copy;
  }

  static List<Bytes> texts(String... texts) {
    return Arrays.stream(texts).map(text -> Bytes.of(text(text))).toList();
  }
}
