package io.karst.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTextTest {
  private static final Report REPORT =
      new Report(
          "beside Redis",
          "Redis",
          List.of("a machine"),
          List.of(
              new Row(
                  "speed",
                  "GET, depth 1",
                  "k/s",
                  new Rounds(100, 90, 110),
                  new Rounds(150),
                  new Goal.RatioAtLeast(1)),
              new Row("resident", "", "MB", null, new Rounds(130.25), new Goal.AtMost(120))),
          List.of("a note"));

  @Test
  void theTableIsAligned() {
    assertThat(ReportText.table(REPORT))
        .isEqualTo(
            """
            | measure  | of           | unit | Redis | Karst | Karst / Redis | goal    | verdict |
            | -------- | ------------ | ---- | ----: | ----: | ------------: | ------- | ------- |
            | speed    | GET, depth 1 | k/s  |   100 |   150 |         1.50× | ≥ 1.00× | met     |
            | resident |              | MB   |     – |   130 |             – | ≤ 120   | NOT MET |
            """);
  }

  @Test
  void theMarkdownHasFactsConclusionAndNotes() {
    assertThat(ReportText.markdown(REPORT))
        .contains(
            "- a machine\n- 1 of 2 goals met; not met: resident\n\n| measure", "|\n\n- a note\n");
  }

  @Test
  void theCsvHasTheExtremes() {
    assertThat(ReportText.csv(REPORT).lines().skip(1))
        .containsExactly(
            "speed,\"GET, depth 1\",k/s,100.000,90.0000,110.000,"
                + "150.000,150.000,150.000,1.50000,≥ 1.00×,met",
            "resident,,MB,,,,130.250,130.250,130.250,,≤ 120,NOT MET");
  }

  @Test
  void theColumnsAreNamedAfterWhatKarstIsComparedWith() {
    Report report = new Report("beside RocksDB", "RocksDB", List.of(), REPORT.rows(), List.of());
    assertThat(ReportText.markdown(report))
        .startsWith("# Karst beside RocksDB\n")
        .contains("| RocksDB | Karst | Karst / RocksDB |");
    assertThat(ReportText.csv(report)).startsWith("measure,of,unit,rocksdb,rocksdb_min,");
  }
}
