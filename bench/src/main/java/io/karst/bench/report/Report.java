package io.karst.bench.report;

import java.util.List;

/// A finished comparison.
///
/// - `title`: without the first word, which is Karst.
/// - `baseline`: what Karst was compared with.
/// - `facts`: about the machine and the run, one a line.
/// - `notes`: how to read the rows.
public record Report(
    String title, String baseline, List<String> facts, List<Row> rows, List<String> notes) {
  public Report {
    facts = List.copyOf(facts);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /// The number of rows with this verdict.
  public long count(Verdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict).count();
  }

  /// How many goals were met, and which were not.
  public String conclusion() {
    long met = count(Verdict.MET);
    String all = met + " of " + (met + count(Verdict.MISSED)) + " goals met";
    List<String> missed =
        rows.stream().filter(row -> row.verdict() == Verdict.MISSED).map(Row::name).toList();
    return missed.isEmpty() ? all : all + "; not met: " + String.join("; ", missed);
  }
}
