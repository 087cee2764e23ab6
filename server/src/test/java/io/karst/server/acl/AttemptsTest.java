package io.karst.server.acl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AttemptsTest {
  private final Attempts attempts = new Attempts();

  @Test
  void aMistakeCostsNothing() {
    assertThat(attempts.failed("10.0.0.1:1", 0)).isZero();
    assertThat(attempts.delayMillis("10.0.0.1:2", 0)).isZero();
  }

  @Test
  void delaysDoubleUpToTheirLimit() {
    attempts.delayMax(1000);
    long[] delays = new long[12];
    for (int i = 0; i < delays.length; i++) {
      delays[i] = attempts.failed("10.0.0.1:" + i, 0);
    }
    assertThat(delays).containsExactly(0, 0, 0, 0, 100, 200, 400, 800, 1000, 1000, 1000, 1000);
    assertThat(attempts.delayMillis("10.0.0.1:99", 0)).isEqualTo(1000);
    assertThat(attempts.delayMillis("10.0.0.2:99", 0)).isZero();
  }

  @Test
  void halfAMinuteLaterAllIsAsBefore() {
    for (int i = 0; i < 1000; i++) {
      attempts.failed("10.0.0.1:1", 0);
    }
    assertThat(attempts.delayMillis("10.0.0.1:1", 20_000)).isPositive();
    assertThat(attempts.delayMillis("10.0.0.1:1", 30_000)).isZero();
    assertThat(attempts.size()).isZero();
    assertThat(attempts.failed("10.0.0.1:1", 30_000)).isZero();
  }

  @Test
  void oneClientComesToAboutOneAttemptASecond() {
    long now = 0;
    int tried = 0;
    while (now < 600_000) {
      now += attempts.failed("10.0.0.1:1", now);
      tried++;
    }
    assertThat(tried).isBetween(300, 700);
  }

  @Test
  void manyAddressesTakeBoundedMemory() {
    for (int i = 0; i < 3 * Attempts.ADDRESSES_MAX; i++) {
      attempts.failed("10." + i + ".0.1:1", 0);
    }
    assertThat(attempts.size()).isEqualTo(Attempts.ADDRESSES_MAX);
  }

  @Test
  void noLimitIsNoDelay() {
    attempts.delayMax(0);
    for (int i = 0; i < 20; i++) {
      assertThat(attempts.failed("10.0.0.1:1", 0)).isZero();
    }
  }

  @Test
  void anAddressOfIpVersion6StandsForItsNetwork() {
    assertThat(Attempts.network("[2001:db8:1:2:3:4:5:6]:7000")).isEqualTo("2001:db8:1:2:");
    assertThat(Attempts.network("[2001:db8:1:2:9:9:9:9]:7001")).isEqualTo("2001:db8:1:2:");
    assertThat(Attempts.network("127.0.0.1:7000")).isEqualTo("127.0.0.1");
    assertThat(Attempts.network("/tmp/socket")).isEqualTo("/tmp/socket");
  }
}
