package io.karst.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.harness.HarnessException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTortureOptionsTest {
  @Test
  void takesTwoMinutesByDefault() {
    ClusterTortureOptions options = ClusterTortureOptions.parse(List.of());
    assertThat(options.minutes()).isEqualTo(2);
    assertThat(options.nodes()).isEqualTo(3);
    assertThat(options.faults()).isEmpty();
  }

  @Test
  void readsFaults() {
    List<String> words = List.of("--seed", "-5", "--faults", "kill-leader,bridge", "--nodes", "5");
    ClusterTortureOptions options = ClusterTortureOptions.parse(words);
    assertThat(options.seed()).isEqualTo(-5);
    assertThat(options.faults()).containsExactly("KILL_LEADER", "BRIDGE");
    assertThat(options.nodes()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "--fast 1, unknown option --fast",
    "--rounds, --rounds needs a value",
    "--minutes 0, must be above 0",
    "--nodes 4, not one of",
    "--faults flood, not flood",
    "--seed two, not a number"
  })
  void saysWhichWordIsWrong(String line, String message) {
    assertThatThrownBy(() -> ClusterTortureOptions.parse(List.of(line.split(" ", -1))))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining(message);
  }
}
