package io.karst.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.insight.LatencyEvents.Sample;
import org.junit.jupiter.api.Test;

class LatencyEventsTest {
  private static final long MILLI = 1_000_000;

  private final LatencyEvents events = new LatencyEvents();

  @Test
  void nothingIsNotedUntilAskedFor() {
    events.took("command", Long.MAX_VALUE - 1, 1000);
    assertThat(events.all()).isEmpty();
    assertThat(LatencyDiagnosis.of(events, 1)).contains("latency-monitor-threshold");
  }

  @Test
  void theLongestOfASecondIsKept() {
    events.slowerThan(10);
    events.took("command", 9 * MILLI, 1000);
    events.took("command", 30 * MILLI, 1100);
    events.took("command", 20 * MILLI, 1900);
    events.took("command", 15 * MILLI, 2000);
    assertThat(events.history("command")).containsExactly(new Sample(1, 30), new Sample(2, 15));
    assertThat(events.all().getFirst().maxMillis()).isEqualTo(30);
    assertThat(events.all().getFirst().latest()).isEqualTo(new Sample(2, 15));
  }

  @Test
  void oldSamplesGo() {
    events.slowerThan(1);
    for (int second = 0; second < 200; second++) {
      events.took("checkpoint", 5 * MILLI, second * 1000L);
    }
    assertThat(events.history("checkpoint"))
        .hasSize(LatencyEvents.SAMPLES_MAX)
        .startsWith(new Sample(40, 5));
  }

  @Test
  void eventsAreForgottenByName() {
    events.slowerThan(1);
    events.took("a", 5 * MILLI, 0);
    events.took("b", 5 * MILLI, 0);
    assertThat(events.reset("a")).isTrue();
    assertThat(events.reset("a")).isFalse();
    assertThat(events.resetAll()).isEqualTo(1);
    assertThat(events.history("b")).isEmpty();
  }

  @Test
  void theGraphIsAsWideAsThereAreSamples() {
    events.slowerThan(1);
    events.took("command", 10 * MILLI, 0);
    events.took("command", 100 * MILLI, 60_000);
    String graph = LatencyGraph.of(events.all().getFirst(), 65);
    assertThat(graph).startsWith("command - high 100 ms, low 10 ms (all time high 100 ms)\n");
    assertThat(graph.lines().toList()).contains(" #", "##", "15", "ms");
  }
}
