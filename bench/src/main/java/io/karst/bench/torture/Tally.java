package io.karst.bench.torture;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// What has been done so far.
///
/// Thread: the rounds'.
final class Tally {
  private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
  private int rounds;
  private int spills;
  private int killedStarts;
  private long keysRead;
  private int losses;

  void round(Round round) {
    rounds++;
    spills += round.spills() ? 1 : 0;
    endings.merge(round.ending(), 1, Integer::sum);
  }

  void killedStart() {
    killedStarts++;
  }

  void read(long keys) {
    keysRead += keys;
  }

  void loss() {
    losses++;
  }

  int rounds() {
    return rounds;
  }

  /// A line a figure.
  ///
  /// - `verified`: requests that were answered, all writers'.
  String text(long verified) {
    StringBuilder text = new StringBuilder();
    line(text, "rounds", rounds);
    line(text, "with less memory than data", spills);
    for (Ending ending : Ending.values()) {
      line(text, ending.text(), endings.getOrDefault(ending, 0));
    }
    line(text, "killed while it started", killedStarts);
    line(text, "requests verified", verified);
    line(text, "keys read and compared", keysRead);
    line(text, "losses", losses);
    return text.toString();
  }

  private static void line(StringBuilder text, String name, long count) {
    text.append(String.format(Locale.ROOT, "%-28s %,14d%n", name, count));
  }
}
