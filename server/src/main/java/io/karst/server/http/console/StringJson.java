package io.karst.server.http.console;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Strings of the store in JSON: what is UTF-8 as text, anything else in base 64, and of what was
/// cut short its size besides.
final class StringJson {
  /// Bytes that a character has at most.
  private static final int CHARACTER_MAX = 4;

  private StringJson() {}

  /// Writes a string.
  ///
  /// - `size`: the number of bytes of the whole, of which `bytes` may be the beginning.
  static void write(byte[] bytes, long size, JsonGenerator out) throws IOException {
    boolean cut = size > bytes.length;
    String text = text(bytes, cut ? wholeCharacters(bytes) : bytes.length);
    if (text != null && !cut) {
      out.writeString(text);
      return;
    }
    out.writeStartObject();
    if (text != null) {
      out.writeStringField("text", text);
    } else {
      out.writeBinaryField("b64", bytes);
    }
    if (cut) {
      out.writeNumberField("size", size);
    }
    out.writeEndObject();
  }

  /// The length of what is left without a character that the cut has gone through.
  private static int wholeCharacters(byte[] bytes) {
    int lead = bytes.length - 1;
    while (lead > 0 && bytes.length - lead < CHARACTER_MAX && (bytes[lead] & 0xc0) == 0x80) {
      lead--;
    }
    int first = lead < 0 ? 0 : bytes[lead] & 0xff;
    int size = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : CHARACTER_MAX;
    return first >= 0xc0 && lead + size > bytes.length ? lead : bytes.length;
  }

  /// The text of the first bytes; null if they are no UTF-8.
  private static @Nullable String text(byte[] bytes, int size) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, size)).toString();
    } catch (CharacterCodingException none) {
      return null;
    }
  }
}
