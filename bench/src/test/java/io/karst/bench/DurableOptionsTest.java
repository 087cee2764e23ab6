package io.karst.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.durable.DurablePlan;
import io.karst.bench.durable.DurablePlan.Part;
import io.karst.bench.harness.Contender;
import io.karst.bench.harness.HarnessException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurableOptionsTest {
  private static final Path PLACE = Path.of("somewhere");

  @Test
  void theDefaultIsWhatTheGoalsAreAbout() {
    DurablePlan plan = DurableOptions.parse(List.of(), PLACE);
    assertThat(plan.label()).isEmpty();
    assertThat(plan.contenders()).containsExactly(Contender.REDIS, Contender.KARST);
    assertThat(plan.parts()).containsExactly(Part.values());
    assertThat(plan.pipelines()).containsExactly(1, 16);
    assertThat(plan.restartKeys()).isEqualTo(10_000_000);
    assertThat(plan.checkpointKeys()).isEqualTo(2_000_000);
    assertThat(plan.place()).isEqualTo(PLACE);
  }

  @Test
  void quickHasFewerKeysUnlessTheyAreGiven() {
    List<String> words = List.of("--quick", "--only", "Restart", "--restart-keys", "5000");
    DurablePlan plan = DurableOptions.parse(words, PLACE);
    assertThat(plan.label()).isEqualTo("quick");
    assertThat(plan.rounds()).isEqualTo(1);
    assertThat(plan.parts()).containsExactly(Part.RESTART);
    assertThat(plan.restartKeys()).isEqualTo(5000);
    assertThat(plan.setKeys()).isLessThan(1_000_000);
  }

  @Test
  void lessThanTheDefaultIsCalledPartial() {
    assertThat(DurableOptions.parse(List.of("--no-redis"), PLACE).label()).isEqualTo("partial");
    assertThat(DurableOptions.parse(List.of("--rounds", "5"), PLACE).label()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--requests, unknown option --requests",
    "--only memory, not memory",
    "--restart-keys 0, must be above 0",
    "--dir, --dir needs a value"
  })
  void saysWhichWordIsWrong(String line, String message) {
    assertThatThrownBy(() -> DurableOptions.parse(List.of(line.split(" ", -1)), PLACE))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining(message);
  }
}
