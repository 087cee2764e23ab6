package io.karst.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.harness.HarnessException;
import io.karst.bench.memory.MemoryPlan;
import io.karst.bench.memory.Shape;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryOptionsTest {
  @Test
  void theDefaultIsAllShapes() {
    MemoryPlan plan = MemoryOptions.parse(List.of());
    assertThat(plan.label()).isEmpty();
    assertThat(plan.shapes()).containsExactly(Shape.values());
    assertThat(plan.elements()).isEqualTo(3_000_000);
    assertThat(plan.rounds()).isEqualTo(1);
  }

  @Test
  void quickHasFewerElementsUnlessTheyAreGiven() {
    assertThat(MemoryOptions.parse(List.of("--quick")).elements()).isLessThan(1_000_000);
    MemoryPlan plan =
        MemoryOptions.parse(List.of("--quick", "--elements", "5000", "--only", "hash_10"));
    assertThat(plan.elements()).isEqualTo(5000);
    assertThat(plan.shapes()).containsExactly(Shape.HASH_10);
    assertThat(plan.label()).isEqualTo("quick");
  }

  @Test
  void theHelpNamesAllShapes() {
    for (Shape shape : Shape.values()) {
      assertThat(MemoryOptions.HELP).contains(shape.name().toLowerCase(Locale.ROOT));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--seconds 5, unknown option --seconds",
    "--only string, not string",
    "--elements many, not a number"
  })
  void saysWhichWordIsWrong(String line, String message) {
    assertThatThrownBy(() -> MemoryOptions.parse(List.of(line.split(" ", -1))))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining(message);
  }
}
