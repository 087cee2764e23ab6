package io.karst.server.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The words of a line of `redis.conf`.
///
/// Words are separated by blanks. In double quotes `\n \r \t \b \a \\ \"` and `\xHH` (a byte) stand
/// for what they do in C; in single quotes only `\'` is special. A closing quote ends its word.
final class Words {
  private static final String UNBALANCED = "unbalanced quotes";

  private final byte[] line;
  private int at;

  private Words(byte[] line) {
    this.line = line;
  }

  static List<String> split(String line) throws BadValueException {
    return new Words(line.getBytes(StandardCharsets.UTF_8)).all();
  }

  /// `word` so that [#split] gives it back: as it is, or in double quotes if it needs them.
  static String quote(String word) {
    boolean plain = !word.isEmpty() && word.chars().allMatch(Words::isPlain);
    if (plain) {
      return word;
    }
    StringBuilder quoted = new StringBuilder("\"");
    word.chars().forEach(c -> quoted.append(escaped((char) c)));
    return quoted.append('"').toString();
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c != '"' && c != '\'' && c != '\\' && c != '#' && c != 0x7f;
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default ->
          c < ' ' || c == 0x7f ? "\\x" + HexFormat.of().toHexDigits((byte) c) : String.valueOf(c);
    };
  }

  private List<String> all() throws BadValueException {
    List<String> words = new ArrayList<>();
    skipBlanks();
    while (at < line.length) {
      words.add(word());
      skipBlanks();
    }
    return words;
  }

  private void skipBlanks() {
    while (at < line.length && isBlank(line[at])) {
      at++;
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  private String word() throws BadValueException {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (at < line.length && !isBlank(line[at])) {
      byte b = line[at++];
      if (b == '"' || b == '\'') {
        quoted(b, word);
        break;
      }
      word.write(b);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(word.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new BadValueException("a word is not UTF-8");
    }
  }

  private void quoted(byte quote, ByteArrayOutputStream word) throws BadValueException {
    while (at < line.length && line[at] != quote) {
      byte b = line[at++];
      word.write(b == '\\' && at < line.length ? escape(quote) : b);
    }
    boolean closed = at < line.length;
    at++;
    if (!closed || (at < line.length && !isBlank(line[at]))) {
      throw new BadValueException(UNBALANCED);
    }
  }

  /// The byte that the escape stands for, whose backslash has been read.
  private int escape(byte quote) {
    byte c = line[at];
    if (quote == '\'') {
      if (c != '\'') {
        return '\\';
      }
      at++;
      return c;
    }
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 0x07;
      case 'x' -> hexadecimal();
      default -> c;
    };
  }

  private int hexadecimal() {
    int high = at + 1 < line.length ? Character.digit(line[at], 16) : -1;
    int low = high < 0 ? -1 : Character.digit(line[at + 1], 16);
    if (low < 0) {
      return 'x';
    }
    at += 2;
    return high << 4 | low;
  }
}
