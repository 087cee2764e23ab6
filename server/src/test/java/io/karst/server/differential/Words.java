package io.karst.server.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Bytes as people read and write them: words of printable ASCII as they are, others in quotes,
/// with `\r`, `\n`, `\"`, `\\` and `\xNN` for the rest.
final class Words {
  private Words() {}

  static String join(List<String> words) {
    return words.stream().map(Words::quoted).collect(Collectors.joining(" "));
  }

  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      if (line.charAt(at) == ' ') {
        at++;
      } else if (line.charAt(at) == '"') {
        int end = closingQuote(line, at + 1);
        words.add(unescaped(line.substring(at + 1, end)));
        at = end + 1;
      } else {
        int space = line.indexOf(' ', at);
        int end = space < 0 ? line.length() : space;
        words.add(line.substring(at, end));
        at = end;
      }
    }
    return words;
  }

  static String escaped(String bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      switch (c) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '\\' -> text.append("\\\\");
        default -> text.append(c >= ' ' && c < 0x7f ? "" + c : "\\x%02x".formatted((int) c));
      }
    }
    return text.toString();
  }

  static String unescaped(String text) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      c = text.charAt(++i);
      switch (c) {
        case 'r' -> bytes.append('\r');
        case 'n' -> bytes.append('\n');
        case 'x' -> {
          bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> bytes.append(c);
      }
    }
    return bytes.toString();
  }

  private static String quoted(String word) {
    String escaped = escaped(word).replace("\"", "\\\"");
    boolean plain = !word.isEmpty() && escaped.equals(word) && word.indexOf(' ') < 0;
    return plain ? word : "\"" + escaped + "\"";
  }

  private static int closingQuote(String line, int from) {
    int at = from;
    while (line.charAt(at) != '"') {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }
}
