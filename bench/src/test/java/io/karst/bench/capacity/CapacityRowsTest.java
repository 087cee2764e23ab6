package io.karst.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.bench.load.Outcome;
import io.karst.bench.load.Spread;
import io.karst.bench.report.Row;
import io.karst.bench.report.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacityRowsTest {
  private static final Spread NOTHING = new Spread(0, Double.NaN, Double.NaN, Double.NaN);

  @Test
  void rocksStandsBesideEveryDepth() {
    CapacityRows rows = new CapacityRows();
    rows.addRocks("reads only", figures(200_000));
    rows.addKarst("reads only", 1, figures(100_000));
    rows.addKarst("reads only", 16, figures(300_000));
    List<Row> reads = ofReads(rows);
    assertThat(reads)
        .extracting(Row::subject)
        .containsExactly("reads only, pipeline 1", "reads only, pipeline 16");
    assertThat(reads).extracting(Row::ratio).containsExactly(0.5, 1.5);
    assertThat(reads).extracting(Row::verdict).containsExactly(Verdict.MISSED, Verdict.MET);
  }

  @Test
  void theMedianOfTheRoundsCounts() {
    CapacityRows rows = new CapacityRows();
    for (long reads : new long[] {100_000, 900_000, 200_000}) {
      rows.addRocks("reads only", figures(100_000));
      rows.addKarst("reads only", 1, figures(reads));
    }
    assertThat(ofReads(rows)).extracting(Row::ratio).containsExactly(2.0);
  }

  @Test
  void whatWasNotMeasuredHasNoRow() {
    CapacityRows rows = new CapacityRows();
    rows.addRocks("reads only", figures(100));
    rows.addKarst("reads only", 1, figures(100));
    assertThat(rows.rows())
        .extracting(Row::measure)
        .containsExactly(
            "reads",
            "CPU per operation",
            "latency p50 of reads",
            "latency p99 of reads",
            "latency p99.9 of reads");
  }

  @Test
  void processorTimeIsSharedByAllOperationsAndSpeedByThoseOfTheWindow() {
    Outcome outcome = new Outcome(4000, 2, new Spread(3000, 1, 1, 1), NOTHING, Double.NaN);
    assertThat(CapacityMeasure.CPU.of(outcome, 8000)).isEqualTo(2);
    assertThat(CapacityMeasure.READS.of(outcome, 8000)).isEqualTo(1.5);
    assertThat(CapacityMeasure.WRITES.of(outcome, 8000)).isNaN();
  }

  private static List<Row> ofReads(CapacityRows rows) {
    return rows.rows().stream().filter(row -> row.measure().equals("reads")).toList();
  }

  private static Map<CapacityMeasure, Double> figures(long reads) {
    Outcome outcome = new Outcome(reads, 1, new Spread(reads, 1, 2, 3), NOTHING, Double.NaN);
    Map<CapacityMeasure, Double> figures = new EnumMap<>(CapacityMeasure.class);
    for (CapacityMeasure measure : CapacityMeasure.values()) {
      figures.put(measure, measure.of(outcome, 1000));
    }
    return figures;
  }
}
