package io.karst.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Outcome OUTCOME =
      new Outcome(
          9000,
          2.5,
          new Spread(4000, 0.1, 0.2, 0.3),
          new Spread(0, Double.NaN, Double.NaN, Double.NaN),
          Double.NaN);

  @Test
  void countsOnlyWhatEndedWithinTheWindow() {
    assertThat(OUTCOME.throughput()).isEqualTo(1600);
  }

  @Test
  void travelsBetweenProcesses() {
    assertThat(Outcome.parse(OUTCOME.line())).isEqualTo(OUTCOME);
  }

  @Test
  void takesNoOtherLine() {
    assertThatThrownBy(() -> Outcome.parse("9000 2.5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9000 2.5");
  }
}
