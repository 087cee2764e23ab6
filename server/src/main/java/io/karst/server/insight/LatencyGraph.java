package io.karst.server.insight;

import io.karst.server.insight.LatencyEvents.Event;
import io.karst.server.insight.LatencyEvents.Sample;
import java.util.List;
import java.util.Locale;

/// What `LATENCY GRAPH` shows: a column a sample, as high as its time among all of them, with its
/// age below it.
public final class LatencyGraph {
  private static final int ROWS = 4;
  private static final int COLUMNS_MAX = 80;

  private LatencyGraph() {}

  public static String of(Event event, long nowSeconds) {
    List<Sample> all = event.samples();
    List<Sample> samples = all.subList(Math.max(0, all.size() - COLUMNS_MAX), all.size());
    long high = samples.stream().mapToLong(Sample::millis).max().orElse(0);
    long low = samples.stream().mapToLong(Sample::millis).min().orElse(0);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s - high %d ms, low %d ms (all time high %d ms)\n",
            event.name(),
            high,
            low,
            event.maxMillis()));
    text.append("-".repeat(COLUMNS_MAX)).append('\n');
    for (int row = ROWS; row > 0; row--) {
      for (Sample sample : samples) {
        text.append(height(sample, low, high) >= row ? '#' : ' ');
      }
      text.append('\n');
    }
    ages(samples, nowSeconds, text);
    return text.toString();
  }

  private static long height(Sample sample, long low, long high) {
    return high == low ? 1 : 1 + (sample.millis() - low) * (ROWS - 1) / (high - low);
  }

  /// Writes the ages from the top down, as `5s`, `12m`.
  private static void ages(List<Sample> samples, long nowSeconds, StringBuilder text) {
    List<String> ages = samples.stream().map(sample -> age(nowSeconds - sample.seconds())).toList();
    int longest = ages.stream().mapToInt(String::length).max().orElse(0);
    text.append('\n');
    for (int row = 0; row < longest; row++) {
      for (String age : ages) {
        text.append(row < age.length() ? age.charAt(row) : ' ');
      }
      text.append('\n');
    }
  }

  static String age(long seconds) {
    if (seconds < 60) {
      return Math.max(0, seconds) + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 24 * 3600 ? seconds / 3600 + "h" : seconds / (24 * 3600) + "d";
  }
}
