package io.karst.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.scripts.ScriptTest;
import io.karst.bench.scripts.ScriptsPlan;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptsOptionsTest {
  @Test
  void theDefaultIsAllScriptsAtBothDepths() {
    ScriptsPlan plan = ScriptsOptions.parse(List.of());
    assertThat(plan.label()).isEmpty();
    assertThat(plan.contenders()).containsExactly(Contender.REDIS, Contender.KARST);
    assertThat(plan.tests()).containsExactly(ScriptTest.values());
    assertThat(plan.pipelines()).containsExactly(1, 16);
    assertThat(plan.connections()).containsExactly(1, 50);
    assertThat(plan.length().rounds()).isEqualTo(3);
  }

  @Test
  void quickIsOneRound() {
    ScriptsPlan plan = ScriptsOptions.parse(List.of("--quick", "--only", "lock,RATE_LIMIT"));
    assertThat(plan.label()).isEqualTo("quick");
    assertThat(plan.length().rounds()).isEqualTo(1);
    assertThat(plan.tests()).containsExactly(ScriptTest.LOCK, ScriptTest.RATE_LIMIT);
  }

  @Test
  void theHelpNamesAllScripts() {
    for (ScriptTest test : ScriptTest.values()) {
      assertThat(ScriptsOptions.HELP).contains(test.name().toLowerCase(Locale.ROOT));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--dir x, unknown option --dir",
    "--only get, not get",
    "--requests 0, must be above 0",
    "--pipelines, --pipelines needs a value"
  })
  void saysWhichWordIsWrong(String line, String message) {
    assertThatThrownBy(() -> ScriptsOptions.parse(List.of(line.split(" ", -1))))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining(message);
  }
}
