package io.karst.server.insight;

import io.karst.base.Bytes;
import io.karst.commands.Args;

/// A command as `MONITOR` shows it: `1339518083.107412 [0 127.0.0.1:60866] "keys" "*"`.
public final class MonitorLine {
  private static final String HEX = "0123456789abcdef";
  private static final long MICROS_PER_SECOND = 1_000_000;

  private MonitorLine() {}

  /// - `source`: the client's address, or `lua`.
  public static String of(long micros, int database, String source, String fullName, Args args) {
    StringBuilder line = new StringBuilder(64);
    line.append(micros / MICROS_PER_SECOND).append('.');
    String fraction = Long.toString(micros % MICROS_PER_SECOND);
    line.append("0".repeat(6 - fraction.length())).append(fraction);
    line.append(" [").append(database).append(' ').append(source).append(']');
    for (Bytes word : ShownWords.of(fullName, args)) {
      line.append(" \"");
      for (int i = 0; i < word.length(); i++) {
        escaped(line, word.at(i) & 0xff);
      }
      line.append('"');
    }
    return line.toString();
  }

  private static void escaped(StringBuilder line, int c) {
    switch (c) {
      case '\\', '"' -> line.append('\\').append((char) c);
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      case 7 -> line.append("\\a");
      case '\b' -> line.append("\\b");
      default -> {
        if (c >= ' ' && c <= '~') {
          line.append((char) c);
        } else {
          line.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
      }
    }
  }
}
