package io.karst.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.harness.Answer;
import org.junit.jupiter.api.Test;

class AccountTest {
  private final Account account = new Account("p", 1, 1);

  @Test
  void aPairThatIsNotThereHasNeverBeenWritten() {
    assertThat(account.same(0, Answer.nil(), Answer.nil())).isZero();
  }

  @Test
  void halfAWriteIsFound() {
    assertThatThrownBy(() -> account.same(0, new Answer.Bulk("1:0"), new Answer.Bulk("2:01")))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("are written together");
  }

  @Test
  void aValueThatNobodyWroteIsFound() {
    assertThat(account.same(0, new Answer.Bulk("3:012"), new Answer.Bulk("3:012"))).isEqualTo(3);
    assertThatThrownBy(() -> account.same(0, new Answer.Bulk("3:013"), new Answer.Bulk("3:013")))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("that nobody wrote");
  }
}
