package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Verdict ONE = new Verdict(true, 3, 100, "a");

  @Test
  void isReadAsItWasWritten() {
    assertThat(Verdict.decode(ONE.encode())).isEqualTo(ONE);
    Verdict other = new Verdict(false, Long.MAX_VALUE, -1, "");
    assertThat(Verdict.decode(other.encode())).isEqualTo(other);
  }

  @Test
  void whatIsNoAnswerAgreesToNothing() {
    assertThat(Verdict.decode(new byte[0]).lost()).isFalse();
    assertThat(Verdict.decode(new byte[] {1, 0, 0}).lost()).isFalse();
  }

  @Test
  void ofTwoTheLongerLogIsAhead() {
    assertThat(new Verdict(true, 3, 101, "a").isAhead(ONE)).isTrue();
    assertThat(new Verdict(true, 4, 1, "a").isAhead(ONE)).isTrue();
    assertThat(new Verdict(true, 3, 99, "b").isAhead(ONE)).isFalse();
    assertThat(new Verdict(true, 2, 200, "b").isAhead(ONE)).isFalse();
  }

  @Test
  void ofTwoThatAreAsLongOneIsAhead() {
    Verdict other = new Verdict(true, 3, 100, "b");
    assertThat(other.isAhead(ONE)).isTrue();
    assertThat(ONE.isAhead(other)).isFalse();
    assertThat(ONE.isAhead(ONE)).isFalse();
  }
}
