package io.karst.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.comparison.Plan;
import io.karst.bench.harness.Contender;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.load.LoadTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonOptionsTest {
  @Test
  void theDefaultMeasuresEverything() {
    Plan plan = ComparisonOptions.parse(List.of());
    assertThat(plan.label()).isEmpty();
    assertThat(plan.contenders()).containsExactly(Contender.REDIS, Contender.KARST);
    assertThat(plan.tests()).containsExactly(LoadTest.values());
    assertThat(plan.pipelines()).containsExactly(1, 16, 64);
    assertThat(plan.keys()).isEqualTo(1_000_000);
    assertThat(plan.memoryKeys()).isEqualTo(2_000_000);
  }

  @Test
  void onlyLeavesOutTheRest() {
    Plan plan = ComparisonOptions.parse(List.of("--only", "set,memory", "--pipelines", "16"));
    assertThat(plan.label()).isEqualTo("partial");
    assertThat(plan.tests()).containsExactly(LoadTest.SET);
    assertThat(plan.pipelines()).containsExactly(16);
    assertThat(plan.memoryKeys()).isPositive();
    assertThat(plan.startUps()).isZero();
  }

  @Test
  void explicitRoundsWinOverQuick() {
    Plan plan = ComparisonOptions.parse(List.of("--rounds", "5", "--quick", "--no-redis"));
    assertThat(plan.rounds()).isEqualTo(5);
    assertThat(plan.label()).isEqualTo("quick");
    assertThat(plan.contenders()).containsExactly(Contender.KARST);
  }

  @ParameterizedTest
  @CsvSource({
    "--fast, unknown option --fast",
    "--rounds, --rounds needs a value",
    "--rounds 0, must be above 0",
    "--rounds two, not a number",
    "--only lpush, not lpush",
    "--pipelines 1;16, not a number"
  })
  void saysWhichWordIsWrong(String line, String message) {
    assertThatThrownBy(() -> ComparisonOptions.parse(List.of(line.split(" ", -1))))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining(message);
  }
}
