package io.karst.lua.library;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// The tokens of a JSON text, one by one.
final class JsonTokens {
  /// As the messages of lua-cjson call them.
  enum Token {
    OBJECT_BEGIN("T_OBJ_BEGIN"),
    OBJECT_END("T_OBJ_END"),
    ARRAY_BEGIN("T_ARR_BEGIN"),
    ARRAY_END("T_ARR_END"),
    STRING("T_STRING"),
    NUMBER("T_NUMBER"),
    BOOLEAN("T_BOOLEAN"),
    NULL("T_NULL"),
    COLON("T_COLON"),
    COMMA("T_COMMA"),
    END("T_END"),
    ERROR("T_ERROR");

    private final String label;

    Token(String label) {
      this.label = label;
    }
  }

  /// What JSON calls a number; leniently also leading zeros and a sign.
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private static final Pattern HEXADECIMAL = Pattern.compile("[+-]?0[xX][0-9a-fA-F]{1,13}");

  private static final Pattern STRICT =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final byte[] text;
  private final boolean lenient;
  private int at;
  private int begin;
  private Token token = Token.END;
  private String problem = "";
  private double number;
  private boolean truth;
  private byte[] bytes = new byte[64];
  private int size;

  /// - `lenient`: knows hexadecimal numbers, infinity and NaN.
  JsonTokens(byte[] text, boolean lenient) {
    this.text = text;
    this.lenient = lenient;
  }

  Token token() {
    return token;
  }

  double number() {
    return number;
  }

  boolean truth() {
    return truth;
  }

  /// The string, from 0 to [#size]; until the next one.
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /// Where the token is, counted from 1.
  int place() {
    return begin + 1;
  }

  /// What the token is, for people.
  String found() {
    return token == Token.ERROR ? problem : token.label;
  }

  /// Goes to the next one.
  Token next() {
    while (at < text.length && isBlank(text[at])) {
      at++;
    }
    begin = at;
    token = at == text.length ? Token.END : read(text[at]);
    return token;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private Token read(byte first) {
    return switch (first) {
      case '{' -> single(Token.OBJECT_BEGIN);
      case '}' -> single(Token.OBJECT_END);
      case '[' -> single(Token.ARRAY_BEGIN);
      case ']' -> single(Token.ARRAY_END);
      case ':' -> single(Token.COLON);
      case ',' -> single(Token.COMMA);
      case '"' -> string();
      default -> word();
    };
  }

  private Token single(Token kind) {
    at++;
    return kind;
  }

  private Token failed(String what) {
    problem = what;
    return Token.ERROR;
  }

  /// Letters and digits up to anything else.
  private Token word() {
    int end = at;
    while (end < text.length && isWord(text[end])) {
      end++;
    }
    if (end == at) {
      return failed("invalid token");
    }
    String word = new String(text, at, end - at, StandardCharsets.US_ASCII);
    Token kind =
        switch (word) {
          case "true", "false" -> {
            truth = word.equals("true");
            yield Token.BOOLEAN;
          }
          case "null" -> Token.NULL;
          default -> number(word);
        };
    if (kind != Token.ERROR) {
      at = end;
    }
    return kind;
  }

  private static boolean isWord(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '+'
        || b == '-'
        || b == '.';
  }

  private Token number(String word) {
    if ((lenient ? DECIMAL : STRICT).matcher(word).matches()) {
      number = Double.parseDouble(word);
      return Token.NUMBER;
    }
    if (lenient && HEXADECIMAL.matcher(word).matches()) {
      boolean negative = word.startsWith("-");
      long value =
          Long.parseLong(word.substring(word.toLowerCase(Locale.ROOT).indexOf('x') + 1), 16);
      number = negative ? -value : value;
      return Token.NUMBER;
    }
    switch (lenient ? word.toLowerCase(Locale.ROOT) : "") {
      case "nan", "-nan" -> number = Double.NaN;
      case "inf", "infinity" -> number = Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> number = Double.NEGATIVE_INFINITY;
      default -> {
        boolean numeric = word.charAt(0) == '-' || (word.charAt(0) >= '0' && word.charAt(0) <= '9');
        return failed(numeric ? "invalid number" : "invalid token");
      }
    }
    return Token.NUMBER;
  }

  private Token string() {
    size = 0;
    for (int i = at + 1; i < text.length; i++) {
      byte b = text[i];
      if (b == '"') {
        at = i + 1;
        return Token.STRING;
      }
      if (b >= 0 && b < ' ') {
        return failed("invalid token");
      }
      if (b != '\\') {
        add(b);
        continue;
      }
      int length = escape(i + 1);
      if (length == 0) {
        begin = i;
        return failed("invalid escape code");
      }
      i += length;
    }
    begin = text.length;
    return failed("unexpected end of string");
  }

  /// Adds what an escape means; returns its length after the backslash, 0 if it is none.
  private int escape(int from) {
    if (from >= text.length) {
      return 0;
    }
    int meaning =
        switch (text[from]) {
          case '"', '\\', '/' -> text[from];
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> -1;
        };
    if (meaning >= 0) {
      add(meaning);
      return 1;
    }
    return text[from] == 'u' ? unicode(from + 1) : 0;
  }

  private int unicode(int from) {
    int first = hex(from);
    if (first < 0 || (first >= 0xDC00 && first < 0xE000)) {
      return 0;
    }
    if (first < 0xD800 || first >= 0xE000) {
      codePoint(first);
      return 5;
    }
    boolean paired = from + 5 < text.length && text[from + 4] == '\\' && text[from + 5] == 'u';
    int second = paired ? hex(from + 6) : -1;
    if (second < 0xDC00 || second >= 0xE000) {
      return 0;
    }
    codePoint(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
    return 11;
  }

  private int hex(int from) {
    if (from + 4 > text.length) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private void codePoint(int point) {
    if (point < 0x80) {
      add(point);
    } else if (point < 0x800) {
      add(0xc0 | (point >> 6));
      add(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
      add(0xe0 | (point >> 12));
      add(0x80 | ((point >> 6) & 0x3f));
      add(0x80 | (point & 0x3f));
    } else {
      add(0xf0 | (point >> 18));
      add(0x80 | ((point >> 12) & 0x3f));
      add(0x80 | ((point >> 6) & 0x3f));
      add(0x80 | (point & 0x3f));
    }
  }

  private void add(int b) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) b;
  }
}
