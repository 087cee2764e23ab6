package io.karst.server.acl;

import io.karst.base.Bytes;
import java.nio.charset.StandardCharsets;

/// Bytes as text of one character each, and back: rules are parsed so, and lose nothing.
public final class Latin1 {
  private Latin1() {}

  public static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
  }

  public static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Text of the configuration, whose bytes are those of its UTF-8.
  public static String ofUtf8(String text) {
    return text(Bytes.utf8(text));
  }

  /// For people, and for the configuration: bytes that are no UTF-8 become U+FFFD.
  public static String utf8(String text) {
    return bytes(text).utf8();
  }
}
