package io.karst.eviction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AccessMeterTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;

  private final AccessMeter recency = AccessMeter.ofRecency();
  private final AccessMeter frequency = AccessMeter.ofFrequency(10, 1);
  private final RandomGenerator random = new SplittableRandom(42);

  @Test
  void idleTimesAreToldToASixteenthOfASecondForHalfAYear() {
    int word = recency.first(recency.stamp(NOW));
    for (long idle : new long[] {0, 100, 1_000, 59_999, DAY, 30 * DAY, 180 * DAY}) {
      long told = AccessMeter.idleMillis(word, NOW + idle);
      assertThat((double) told).as("after %d ms", idle).isCloseTo((double) idle, within(63.0));
    }
  }

  @Test
  void anAccessMakesIdleTimeZero() {
    int word = recency.first(recency.stamp(NOW));
    int touched = recency.touched(word, recency.stamp(NOW + DAY), random);
    assertThat(AccessMeter.idleMillis(touched, NOW + DAY)).isZero();
  }

  @Test
  void anIdleTimeThatWasGivenIsTold() {
    for (long idle : new long[] {0, 1_000, 3_600_000, 100 * DAY}) {
      assertThat(AccessMeter.idleMillis(AccessMeter.idle(idle, NOW), NOW)).isEqualTo(idle);
    }
    assertThat(AccessMeter.idleMillis(AccessMeter.idle(Long.MAX_VALUE, NOW), NOW))
        .isGreaterThan(180 * DAY);
  }

  @Test
  void aClockThatWasSetBackMakesNobodyOld() {
    int accessed = recency.first(recency.stamp(NOW));
    assertThat(AccessMeter.idleMillis(accessed, NOW - DAY)).isZero();
    int counted = AccessMeter.frequent(100, frequency.stamp(NOW));
    assertThat(frequency.frequency(counted, frequency.stamp(NOW - DAY))).isEqualTo(100);
  }

  @Test
  void theOlderAccessHasTheHigherScoreWheneverTheyAreCompared() {
    int older = recency.first(recency.stamp(NOW));
    int newer = recency.first(recency.stamp(NOW + 100));
    assertThat(recency.score(older, NOW + DAY)).isGreaterThan(recency.score(newer, NOW + DAY));
    assertThat(recency.score(older, NOW + DAY)).isEqualTo(recency.score(older, NOW + 90 * DAY));
  }

  @Test
  void scoresHoldAcrossTheWrapOfTheClock() {
    long wrap = ((((NOW * 2 / 125) >>> 28) + 1) << 28) * 125 / 2;
    int before = recency.first(recency.stamp(wrap - 1_000));
    int after = recency.first(recency.stamp(wrap + 1_000));
    assertThat(recency.score(before, wrap + 2_000))
        .isGreaterThan(recency.score(after, wrap + 2_000));
    assertThat(AccessMeter.idleMillis(before, wrap + 2_000)).isEqualTo(3_000);
  }

  /// The table in Redis's configuration file: the counter after so many accesses.
  @Test
  void countersGrowAsThoseOfRedis() {
    assertCounter(0, 100, 104);
    assertCounter(0, 1_000, 255);
    assertCounter(1, 100, 18);
    assertCounter(1, 1_000, 49);
    assertCounter(1, 100_000, 255);
    assertCounter(10, 100, 10);
    assertCounter(10, 1_000, 18);
    assertCounter(10, 100_000, 142);
    assertCounter(10, 1_000_000, 255);
    assertCounter(100, 1_000, 11);
    assertCounter(100, 100_000, 49);
  }

  private void assertCounter(int factor, int accesses, int expected) {
    AccessMeter meter = AccessMeter.ofFrequency(factor, 1);
    int stamp = meter.stamp(NOW);
    double sum = 0;
    int runs = accesses > 10_000 ? 2 : 20;
    for (int run = 0; run < runs; run++) {
      int word = meter.first(stamp);
      for (int i = 0; i < accesses; i++) {
        word = meter.touched(word, stamp, random);
      }
      sum += meter.frequency(word, stamp);
    }
    assertThat(sum / runs)
        .as("factor %d, %d accesses", factor, accesses)
        .isCloseTo(expected, within(expected * 0.15 + 1));
  }

  @Test
  void countersDecayByTheMinuteAndEndAtZero() {
    int word = AccessMeter.frequent(100, frequency.stamp(NOW));
    assertThat(frequency.frequency(word, frequency.stamp(NOW + 7 * MINUTE))).isEqualTo(93);
    assertThat(frequency.frequency(word, frequency.stamp(NOW + DAY))).isZero();
    AccessMeter slow = AccessMeter.ofFrequency(10, 5);
    assertThat(slow.frequency(word, slow.stamp(NOW + 24 * MINUTE))).isEqualTo(96);
    AccessMeter never = AccessMeter.ofFrequency(10, 0);
    assertThat(never.frequency(word, never.stamp(NOW + DAY))).isEqualTo(100);
  }

  @Test
  void anAccessTakesTheDecayInFirst() {
    int word = AccessMeter.frequent(255, frequency.stamp(NOW));
    int later = frequency.stamp(NOW + 55 * MINUTE);
    assertThat(frequency.frequency(frequency.touched(word, later, random), later))
        .isBetween(200, 201);
  }

  @Test
  void theLeastUsedHasTheHighestScore() {
    int stamp = frequency.stamp(NOW);
    long rare = frequency.score(AccessMeter.frequent(3, stamp), NOW);
    long often = frequency.score(AccessMeter.frequent(200, stamp), NOW);
    assertThat(rare).isGreaterThan(often);
    assertThat(frequency.score(AccessMeter.frequent(200, stamp), NOW + 10 * MINUTE))
        .isEqualTo(often + 10);
  }

  @Test
  void whatGoesToDiskComesBack() {
    int word = recency.first(recency.stamp(NOW));
    int back = AccessMeter.ofHeat(AccessMeter.heat(word));
    assertThat(AccessMeter.idleMillis(back, NOW + 5_000)).isBetween(5_000L, 5_999L);
    int counted = AccessMeter.frequent(77, frequency.stamp(NOW));
    assertThat(AccessMeter.ofHeat(AccessMeter.heat(counted))).isEqualTo(counted);
    assertThat(AccessMeter.heat(counted)).isBetween(0, 0xff_ffff);
  }
}
