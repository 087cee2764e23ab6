package io.karst.server.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karst.server.insight.LatencyHistogram.Cumulated;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private final LatencyCounts counts = new LatencyCounts(2);
  private final LatencyCounts before = new LatencyCounts(2);

  @Test
  void countsUpToPowersOfTwoOfMicroseconds() {
    record(500, 900, 1_500, 1_600, 100_000);
    assertThat(counts.histogram(1, before).byPowersOfTwo())
        .containsExactly(new Cumulated(1, 2), new Cumulated(2, 4), new Cumulated(128, 5));
  }

  @Test
  void percentilesAreThoseOfTheCallsWithinAStep() {
    for (int micros = 1; micros <= 1000; micros++) {
      counts.record(1, micros * 1000L);
    }
    LatencyHistogram times = counts.histogram(1, before);
    assertThat(times.percentileMicros(50)).isCloseTo(500, within(500 / 16.0));
    assertThat(times.percentileMicros(99)).isCloseTo(990, within(990 / 16.0));
    assertThat(times.percentileMicros(100)).isGreaterThanOrEqualTo(1000);
    assertThat(times.percentileMicros(0)).isPositive();
  }

  @Test
  void whatWasBeforeDoesNotCount() {
    record(10_000);
    before.add(counts);
    record(20_000);
    LatencyHistogram times = counts.histogram(1, before);
    assertThat(times.count()).isEqualTo(1);
    assertThat(times.percentileMicros(50)).isCloseTo(20, within(20 / 16.0));
  }

  @Test
  void aCommandThatWasNotCalledHasNone() {
    record(1);
    assertThat(counts.histogram(0, before).count()).isZero();
    assertThat(counts.histogram(0, before).byPowersOfTwo()).isEmpty();
    assertThat(counts.histogram(0, before).percentileMicros(99)).isZero();
  }

  @Test
  void workersAddUp() {
    record(1_000);
    LatencyCounts other = new LatencyCounts(2);
    other.record(1, 5_000);
    other.record(0, 5_000);
    counts.add(other);
    assertThat(counts.histogram(1, before).count()).isEqualTo(2);
    assertThat(counts.histogram(0, before).count()).isEqualTo(1);
  }

  private void record(long... nanos) {
    for (long each : nanos) {
      counts.record(1, each);
    }
  }
}
