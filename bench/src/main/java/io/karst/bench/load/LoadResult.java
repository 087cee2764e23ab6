package io.karst.bench.load;

import io.karst.bench.harness.HarnessException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one run of `redis-benchmark` says.
///
/// - `throughput`: commands per second.
/// - `p50Millis`, `p99Millis`, `p999Millis`: how long a client waited for the replies to what it
///   sent at once, which is a whole pipeline. The last is read from the distribution and may be
///   that of a slightly higher percentile.
public record LoadResult(double throughput, double p50Millis, double p99Millis, double p999Millis) {
  private static final Pattern THROUGHPUT =
      Pattern.compile("throughput summary: ([\\d.]+) requests per second");
  private static final Pattern OVERALL = Pattern.compile("\\(overall: ([\\d.]+)\\) avg_msec");
  private static final Pattern PERCENTILE =
      Pattern.compile("([\\d.]+)% <= ([\\d.]+) milliseconds \\(cumulative count \\d+\\)");

  /// Where the medians and their kin stand in the line below `avg min p50 p95 p99 max`.
  private static final int P50 = 2;

  private static final int P99 = 4;

  /// Reads the output of `redis-benchmark` with a precision of three digits.
  ///
  /// - `threaded`: whether it ran with `--threads`. Then it notices the end only at the next
  ///   quarter of a second, and its summary has a throughput that is too low; the latest figure
  ///   it showed on the way is right.
  public static LoadResult parse(String output, boolean threaded) {
    List<String> lines = Arrays.asList(output.split("[\r\n]+", -1));
    double throughput = threaded ? latestOverall(lines) : 0;
    if (throughput == 0) {
      throughput = number(THROUGHPUT, lines);
    }
    String[] summary = summary(lines);
    return new LoadResult(
        throughput,
        Double.parseDouble(summary[P50]),
        Double.parseDouble(summary[P99]),
        percentile(lines, 99.9));
  }

  private static double latestOverall(List<String> lines) {
    double latest = 0;
    for (String line : lines) {
      Matcher found = OVERALL.matcher(line);
      if (found.find()) {
        latest = Double.parseDouble(found.group(1));
      }
    }
    return latest;
  }

  private static double number(Pattern pattern, List<String> lines) {
    for (String line : lines) {
      Matcher found = pattern.matcher(line);
      if (found.find()) {
        return Double.parseDouble(found.group(1));
      }
    }
    throw notUnderstood(lines);
  }

  private static String[] summary(List<String> lines) {
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).strip().matches("avg\\s+min\\s+p50\\s+p95\\s+p99\\s+max")) {
        return lines.get(i + 1).strip().split("\\s+", -1);
      }
    }
    throw notUnderstood(lines);
  }

  /// The latency of the first line of the first distribution at or above `percent`.
  private static double percentile(List<String> lines, double percent) {
    for (String line : lines) {
      Matcher found = PERCENTILE.matcher(line);
      if (found.find() && Double.parseDouble(found.group(1)) >= percent) {
        return Double.parseDouble(found.group(2));
      }
    }
    throw notUnderstood(lines);
  }

  private static HarnessException notUnderstood(List<String> lines) {
    String shown = String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    return new HarnessException(
        "the output of redis-benchmark was not understood (7.0 or later is needed):\n" + shown);
  }
}
