package io.karst.bench.load;

import io.karst.bench.harness.Contender;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Row;
import io.karst.bench.report.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// The figures of runs, collected round by round.
///
/// - `S`: what a run is of; its text is the subject of the row.
public final class LoadFigures<S> {
  private final Map<LoadMeasure, Map<S, Series>> figures = new EnumMap<>(LoadMeasure.class);

  /// - `measures`: those that are reported.
  public LoadFigures(LoadMeasure... measures) {
    for (LoadMeasure measure : measures) {
      figures.put(measure, new LinkedHashMap<>());
    }
  }

  public void add(S subject, Contender contender, LoadRun run) {
    figures.forEach((measure, series) ->
        series.computeIfAbsent(subject, _ -> new Series()).add(contender, measure.of(run)));
  }

  /// The rows, measure by measure, in the order in which subjects came.
  public List<Row> rows(BiFunction<LoadMeasure, S, Goal> goals) {
    List<Row> rows = new ArrayList<>();
    figures.forEach((measure, series) ->
        series.forEach((subject, values) -> rows.add(row(measure, subject, values, goals))));
    return rows;
  }

  /// The rows, those of a subject together.
  public List<Row> rowsBySubject(BiFunction<LoadMeasure, S, Goal> goals) {
    Map<S, List<Row>> rows = new LinkedHashMap<>();
    figures.forEach((measure, series) ->
        series.forEach((subject, values) ->
            rows.computeIfAbsent(subject, _ -> new ArrayList<>())
                .add(row(measure, subject, values, goals))));
    return rows.values().stream().flatMap(List::stream).toList();
  }

  private Row row(
      LoadMeasure measure, S subject, Series values, BiFunction<LoadMeasure, S, Goal> goals) {
    return values.row(
        measure.title(), subject.toString(), measure.unit(), goals.apply(measure, subject));
  }
}
