package io.karst.bench.jmh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Requests as a client would send them, ready to be decoded.
final class Requests {
  static final int VALUE_SIZE = 64;

  private Requests() {}

  static String key(int number) {
    return String.format(Locale.ROOT, "key:%012d", number);
  }

  /// One `GET` a key, one after the other.
  static byte[] gets(int... keys) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int key : keys) {
      write(out, "GET", key(key));
    }
    return out.toByteArray();
  }

  /// One `SET` a key, of a value of [#VALUE_SIZE] bytes.
  static byte[] sets(int... keys) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String value = "x".repeat(VALUE_SIZE);
    for (int key : keys) {
      write(out, "SET", key(key), value);
    }
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    out.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
