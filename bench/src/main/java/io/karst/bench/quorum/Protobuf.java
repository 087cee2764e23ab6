package io.karst.bench.quorum;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The few words of Protocol Buffers that the messages to etcd need.
///
/// Format: protobuf.dev/programming-guides/encoding.
final class Protobuf {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int TYPE_BITS = 3;
  private static final int MORE = 0x80;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Protobuf text(int field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    number((field << TYPE_BITS) | BYTES);
    number(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  Protobuf flag(int field) {
    number((field << TYPE_BITS) | VARINT);
    number(1);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private void number(int value) {
    int rest = value;
    while (rest >= MORE) {
      out.write((rest & (MORE - 1)) | MORE);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /// The number of a field of a message; 0 if it has none.
  ///
  /// - `path`: fields, each within the one before it.
  static long find(byte[] message, int... path) {
    Reader reader = new Reader(message, 0, message.length);
    for (int i = 0; i < path.length - 1; i++) {
      reader = reader.inner(path[i]);
    }
    return reader.number(path[path.length - 1]);
  }

  /// Goes through the fields of a message.
  private static final class Reader {
    private final byte[] bytes;
    private final int end;
    private int at;

    private Reader(byte[] bytes, int at, int end) {
      this.bytes = bytes;
      this.at = at;
      this.end = end;
    }

    private Reader inner(int field) {
      while (at < end) {
        long tag = varint();
        long value = varint();
        int start = at;
        if ((tag & 7) == BYTES) {
          at += (int) value;
          if (tag >>> TYPE_BITS == field) {
            return new Reader(bytes, start, at);
          }
        }
      }
      return new Reader(bytes, 0, 0);
    }

    private long number(int field) {
      while (at < end) {
        long tag = varint();
        long value = varint();
        if ((tag & 7) == BYTES) {
          at += (int) value;
        } else if (tag >>> TYPE_BITS == field) {
          return value;
        }
      }
      return 0;
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[at++];
        value |= (long) (next & (MORE - 1)) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
