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

  /// The line of Karst: the first with "ready" and an address and port behind it. A log line has
  /// the time of day before it, which looks like one.
  static ReadyLine karst() {
    Pattern ready = Pattern.compile("(?i)\\bready\\b.*?[\\w.\\]*]:(\\d{1,5})\\b");
    return line -> {
      Matcher found = ready.matcher(line);
      return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
    };
  }
}
