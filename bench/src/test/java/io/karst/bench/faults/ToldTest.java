package io.karst.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToldTest {
  private final Told told = new Told();

  @Test
  void remembersTheLargest() {
    assertThat(told.raise(0, 5)).isZero();
    assertThat(told.raise(0, 3)).isEqualTo(5);
    assertThat(told.raise(0, 6)).isEqualTo(5);
  }

  @Test
  void anotherLifeBeginsWithNothing() {
    told.raise(0, 5);
    assertThat(told.raise(1, 2)).isZero();
    assertThat(told.raise(0, 9)).as("an answer of the life before").isZero();
    assertThat(told.raise(1, 3)).isEqualTo(2);
  }
}
