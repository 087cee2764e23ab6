package io.karst.bench.load;

import java.util.List;

/// What a load of reads and writes came to.
///
/// - `operations`: all there were, in and outside the window.
/// - `seconds`: how long the window was open.
/// - `reads`, `writes`: those that ended within the window.
/// - `busy`: the part of the window in which a thread of the load generator worked, 0 to 1; NaN if
///   it was not measured.
public record Outcome(long operations, double seconds, Spread reads, Spread writes, double busy) {

  /// Operations a second.
  public double throughput() {
    return (reads.count() + writes.count()) / seconds;
  }

  /// All figures in a line, for another process.
  public String line() {
    return String.join(
        " ",
        Long.toString(operations),
        Double.toString(seconds),
        text(reads),
        text(writes),
        Double.toString(busy));
  }

  /// Reads what [#line] has written.
  public static Outcome parse(String line) {
    List<String> words = List.of(line.split(" ", -1));
    if (words.size() != 11) {
      throw new IllegalArgumentException("not an outcome: " + line);
    }
    return new Outcome(
        Long.parseLong(words.getFirst()),
        Double.parseDouble(words.get(1)),
        spread(words.subList(2, 6)),
        spread(words.subList(6, 10)),
        Double.parseDouble(words.getLast()));
  }

  private static String text(Spread spread) {
    return spread.count()
        + " "
        + spread.p50Millis()
        + " "
        + spread.p99Millis()
        + " "
        + spread.p999Millis();
  }

  private static Spread spread(List<String> words) {
    return new Spread(
        Long.parseLong(words.getFirst()),
        Double.parseDouble(words.get(1)),
        Double.parseDouble(words.get(2)),
        Double.parseDouble(words.get(3)));
  }
}
