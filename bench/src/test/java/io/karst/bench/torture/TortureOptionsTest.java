package io.karst.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.harness.HarnessException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TortureOptionsTest {
  @Test
  void takesTwoMinutesByDefault() {
    Torture.Plan plan = TortureOptions.parse(List.of()).plan(Path.of("d"), List.of("karst"));
    assertThat(plan.duration()).isEqualTo(Duration.ofMinutes(2));
    assertThat(plan.rounds()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void roundsAreALimitOfTheirOwn() {
    List<String> words = List.of("--rounds", "7", "--seed", "-5");
    Torture.Plan plan = TortureOptions.parse(words).plan(Path.of("d"), List.of("karst"));
    assertThat(plan.rounds()).isEqualTo(7);
    assertThat(plan.seed()).isEqualTo(-5);
    assertThat(plan.duration()).isGreaterThan(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource({
    "--fast, unknown option --fast",
    "--rounds, --rounds needs a value",
    "--minutes 0, not between 1",
    "--seed two, not a number"
  })
  void saysWhichWordIsWrong(String line, String message) {
    assertThatThrownBy(() -> TortureOptions.parse(List.of(line.split(" ", -1))))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining(message);
  }
}
