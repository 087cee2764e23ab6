package io.karst.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.karst.bench.capacity.CapacityPlan;
import io.karst.bench.harness.HarnessException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityOptionsTest {
  private static final Path PLACE = Path.of("somewhere");

  @Test
  void theDefaultIsTenTimesMoreDataThanMemory() {
    CapacityPlan plan = CapacityOptions.parse(List.of(), PLACE);
    assertThat(plan.label()).isEmpty();
    assertThat(plan.memoryMegabytes()).isEqualTo(256);
    assertThat((double) plan.dataset().bytes() / (256 << 20)).isCloseTo(10, within(0.01));
  }

  @Test
  void theDataFollowTheMemory() {
    List<String> words = List.of("--memory", "32", "--times", "3", "--connections", "1");
    CapacityPlan plan = CapacityOptions.parse(words, PLACE);
    assertThat(plan.label()).isEqualTo("partial");
    assertThat((double) plan.dataset().bytes() / (32 << 20)).isCloseTo(3, within(0.01));
    assertThat(plan.threads()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--keys 5, unknown option --keys",
    "--memory, --memory needs a value",
    "--times none, not a number"
  })
  void saysWhichWordIsWrong(String line, String message) {
    assertThatThrownBy(() -> CapacityOptions.parse(List.of(line.split(" ", -1)), PLACE))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining(message);
  }
}
