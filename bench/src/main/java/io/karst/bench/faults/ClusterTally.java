package io.karst.bench.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What has been done so far.
///
/// Thread: the rounds'.
final class ClusterTally {
  private final Map<Fault, List<Long>> healed = new EnumMap<>(Fault.class);
  private int rounds;
  private int histories;
  private long operations;
  private int undecided;
  private long keys;
  private int violations;

  void round() {
    rounds++;
  }

  int rounds() {
    return rounds;
  }

  /// - `millis`: from when everything was put right to a write that was acknowledged.
  void healed(Fault fault, long millis) {
    healed.computeIfAbsent(fault, _ -> new ArrayList<>()).add(millis);
  }

  void judged(Contest.Outcome outcome) {
    histories += outcome.keys();
    operations += outcome.operations();
    undecided += outcome.undecided();
  }

  void compared(int count) {
    keys += count;
  }

  void violation() {
    violations++;
  }

  /// A line a figure.
  String text(Counts counts) {
    StringBuilder text = new StringBuilder();
    line(text, "rounds", rounds);
    healed.forEach((fault, times) ->
        text.append(
            String.format(
                Locale.ROOT,
                "  %-26s %,14d   writes again after %,d ms at most%n",
                fault.text(),
                times.size(),
                Collections.max(times))));
    line(text, "requests done", counts.done.sum());
    line(text, "refused", counts.refused.sum());
    line(text, "of unknown outcome", counts.unknown.sum());
    line(text, "reads from followers", counts.followerReads.sum());
    line(text, "histories judged", histories);
    line(text, "operations in them", operations);
    line(text, "not decided in time", undecided);
    line(text, "keys read and compared", keys);
    line(text, "violations", violations);
    return text.toString();
  }

  private static void line(StringBuilder text, String name, long count) {
    text.append(String.format(Locale.ROOT, "%-28s %,14d%n", name, count));
  }
}
