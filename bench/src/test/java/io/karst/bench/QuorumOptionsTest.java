package io.karst.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.harness.HarnessException;
import io.karst.bench.quorum.QuorumPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumOptionsTest {
  @Test
  void measuresEverythingByDefault() {
    QuorumPlan plan = QuorumOptions.parse(List.of());
    assertThat(plan).isEqualTo(new QuorumPlan("", List.of(1, 16, 128, 1000), 3, 5, 5, true));
  }

  @Test
  void readsClientsAndWhatIsLeftOut() {
    QuorumPlan plan = QuorumOptions.parse(List.of("--clients", "1,2", "--no-redis", "--quick"));
    assertThat(plan).isEqualTo(new QuorumPlan("quick", List.of(1, 2), 1, 2, 3, false));
  }

  @Test
  void saysWhichWordIsWrong() {
    assertThatThrownBy(() -> QuorumOptions.parse(List.of("--keys", "1")))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("unknown option --keys");
  }
}
