package io.karst.bench.report;

import io.karst.bench.harness.Contender;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One figure of each server, collected round by round.
public final class Series {
  private final Map<Contender, List<Double>> values = new EnumMap<>(Contender.class);

  public void add(Contender contender, double value) {
    values.computeIfAbsent(contender, _ -> new ArrayList<>()).add(value);
  }

  /// - `measure`, `subject`, `unit`: as in [Row].
  public Row row(String measure, String subject, String unit, Goal goal) {
    Rounds karst = rounds(Contender.KARST);
    if (karst == null) {
      throw new IllegalStateException("Karst was not measured: " + measure + " " + subject);
    }
    return new Row(measure, subject, unit, rounds(Contender.REDIS), karst, goal);
  }

  private @Nullable Rounds rounds(Contender contender) {
    List<Double> list = values.get(contender);
    return list == null
        ? null
        : new Rounds(list.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
