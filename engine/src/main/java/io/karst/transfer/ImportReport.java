package io.karst.transfer;

import io.karst.rdb.RdbSummary;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/// What came of an import, for people.
///
/// - `summary`: of the file.
/// - `imported`: keys that are in the store.
/// - `due`: keys that were left out because they were due.
public record ImportReport(RdbSummary summary, long imported, long due) {
  /// In a line, for people: `imported 12 keys in 0.4 s; left out 1 that was due; skipped 2 × hash`.
  ///
  /// - `nanos`: how long it took.
  public String line(long nanos) {
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "imported %,d keys in %.1f s", imported, seconds));
    if (due > 0) {
      String were = due == 1 ? "was" : "were";
      line.append(String.format(Locale.ROOT, "; left out %,d that %s due", due, were));
    }
    if (!summary.skipped().isEmpty()) {
      StringJoiner types = new StringJoiner(", ", "; skipped ", "");
      summary.skipped().forEach((type, count) -> types.add(count + " × " + type.title()));
      line.append(types);
    }
    if (summary.functions() > 0) {
      line.append("; passed over ").append(summary.functions()).append(" × library of functions");
    }
    if (summary.modules() > 0) {
      line.append("; passed over ").append(summary.modules()).append(" × data of a module");
    }
    return line.toString();
  }
}
