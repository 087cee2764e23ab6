package io.karst.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  @Test
  void percentilesAreThoseOfTheSortedDurationsWithinABucket() {
    SplittableRandom random = new SplittableRandom(SEED);
    Latencies latencies = new Latencies();
    long[] all = new long[100_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = random.nextLong(1L << random.nextInt(1, 40));
      latencies.add(all[i]);
    }
    Arrays.sort(all);
    for (double percent : new double[] {0, 1, 50, 99, 99.9, 100}) {
      int rank = Math.max(1, (int) Math.ceil(percent / 100 * all.length));
      double exact = all[rank - 1] / 1e6;
      assertThat(latencies.percentileMillis(percent))
          .as("%s %%, seed %s", percent, SEED)
          .isBetween(exact, exact * (1 + 1.0 / 64) + 1e-9);
    }
  }

  @Test
  void addsUpWhatSeveralThreadsHaveMeasured() {
    Latencies first = new Latencies();
    Latencies second = new Latencies();
    first.add(1_000_000);
    second.add(3_000_000);
    second.add(3_000_000);
    first.add(second);
    assertThat(first.count()).isEqualTo(3);
    assertThat(first.percentileMillis(33)).isCloseTo(1, within(0.02));
    assertThat(first.percentileMillis(34)).isCloseTo(3, within(0.05));
  }

  @Test
  void takesTheLongestDurationThereIs() {
    Latencies latencies = new Latencies();
    latencies.add(Long.MAX_VALUE);
    assertThat(latencies.percentileMillis(50)).isEqualTo(Long.MAX_VALUE / 1e6);
  }

  @Test
  void nothingHasNoPercentiles() {
    assertThat(new Latencies().percentileMillis(99)).isNaN();
  }
}
