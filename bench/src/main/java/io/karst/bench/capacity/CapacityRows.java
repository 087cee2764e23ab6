package io.karst.bench.capacity;

import io.karst.bench.report.Rounds;
import io.karst.bench.report.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Figures of RocksDB and of Karst at several depths of pipelining, collected round by round.
///
/// RocksDB has no pipelines: its figures stand beside those of Karst at every depth.
final class CapacityRows {
  private record Place(CapacityMeasure measure, String load, int pipeline) {}

  private static final int NONE = 0;

  private final Map<Place, List<Double>> figures = new LinkedHashMap<>();

  void addRocks(String load, Map<CapacityMeasure, Double> figures) {
    add(load, NONE, figures);
  }

  void addKarst(String load, int pipeline, Map<CapacityMeasure, Double> figures) {
    add(load, pipeline, figures);
  }

  /// The rows, measure by measure; none for what was not measured.
  List<Row> rows() {
    Map<CapacityMeasure, List<Row>> rows = new EnumMap<>(CapacityMeasure.class);
    figures.forEach((place, values) -> {
      if (place.pipeline != NONE) {
        rows.computeIfAbsent(place.measure, _ -> new ArrayList<>()).add(row(place, values));
      }
    });
    return rows.values().stream().flatMap(List::stream).toList();
  }

  private Row row(Place place, List<Double> karst) {
    List<Double> rocks = figures.get(new Place(place.measure, place.load, NONE));
    return new Row(
        place.measure.title(),
        place.load + ", pipeline " + place.pipeline,
        place.measure.unit(),
        rocks == null ? null : rounds(rocks),
        rounds(karst),
        place.measure.goal());
  }

  private static Rounds rounds(List<Double> values) {
    return new Rounds(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void add(String load, int pipeline, Map<CapacityMeasure, Double> found) {
    found.forEach((measure, value) -> {
      if (!Double.isNaN(value)) {
        figures
            .computeIfAbsent(new Place(measure, load, pipeline), _ -> new ArrayList<>())
            .add(value);
      }
    });
  }
}
