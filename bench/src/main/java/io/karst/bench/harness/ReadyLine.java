package io.karst.bench.harness;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognizes the line in which a server says that it takes connections.
@FunctionalInterface
public interface ReadyLine {
  /// The port, if this is the line.
  OptionalInt port(String line);

  /// The line of `redis-server`, which was told its port.
  static ReadyLine redis(int port) {
    return line ->
        line.contains("Ready to accept connections") ? OptionalInt.of(port) : OptionalInt.empty();
  }

  /// The line of Karst: the first with "ready" and an address and port.
  static ReadyLine karst() {
    Pattern ready = Pattern.compile("(?i)\\bready\\b");
    Pattern address = Pattern.compile("[\\w.\\]*]:(\\d{1,5})\\b");
    return line -> {
      Matcher found = address.matcher(line);
      return ready.matcher(line).find() && found.find()
          ? OptionalInt.of(Integer.parseInt(found.group(1)))
          : OptionalInt.empty();
    };
  }
}
