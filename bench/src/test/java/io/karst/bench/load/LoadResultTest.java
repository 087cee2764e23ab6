package io.karst.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karst.bench.harness.HarnessException;
import org.junit.jupiter.api.Test;

class LoadResultTest {
  /// As `redis-benchmark` 7.0.15 writes it: what is shown on the way ends in CR.
  private static final String OUTPUT =
      """
      GET: rps=0.0 (overall: 0.0) avg_msec=-nan (overall: -nan)\r\
      GET: rps=1190000.0 (overall: 1200000.5) avg_msec=0.391 (overall: 0.390)\r\
                                                                             \r\
      ====== GET ======
        300000 requests completed in 0.25 seconds
        50 parallel clients

      Latency by percentile distribution:
      0.000% <= 0.111 milliseconds (cumulative count 32)
      50.000% <= 0.303 milliseconds (cumulative count 163840)
      99.805% <= 2.855 milliseconds (cumulative count 299424)
      99.902% <= 3.207 milliseconds (cumulative count 299712)
      100.000% <= 3.503 milliseconds (cumulative count 300000)

      Cumulative distribution of latencies:
      0.133% <= 0.207 milliseconds (cumulative count 400)
      99.867% <= 3.103 milliseconds (cumulative count 299600)
      100.000% <= 4.103 milliseconds (cumulative count 300000)

      Summary:
        throughput summary: 1214574.88 requests per second
        latency summary (msec):
                avg       min       p50       p95       p99       max
              0.391     0.104     0.303     0.919     1.359     3.503
      """;

  @Test
  void readsThroughputAndPercentiles() {
    assertThat(LoadResult.parse(OUTPUT, false))
        .isEqualTo(new LoadResult(1214574.88, 0.303, 1.359, 3.207));
  }

  @Test
  void takesTheLatestFigureOnTheWayFromAThreadedRun() {
    assertThat(LoadResult.parse(OUTPUT, true).throughput()).isCloseTo(1200000.5, within(0.01));
  }

  @Test
  void takesTheSummaryOfAThreadedRunThatShowedNothing() {
    String silent = OUTPUT.substring(OUTPUT.indexOf("====== GET"));
    assertThat(LoadResult.parse(silent, true).throughput()).isCloseTo(1214574.88, within(0.01));
  }

  @Test
  void showsWhatItDoesNotUnderstand() {
    assertThatThrownBy(() -> LoadResult.parse("Error: Server closed the connection\n", false))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("Server closed the connection");
  }
}
