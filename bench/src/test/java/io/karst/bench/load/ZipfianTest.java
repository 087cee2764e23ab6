package io.karst.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZipfianTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int RANKS = 10_000;
  private static final int DRAWS = 1_000_000;

  @Test
  void theFirstRanksComeAsOftenAsTheFormulaSays() {
    int[] counts = draw(new Zipfian(RANKS, Zipfian.YCSB_THETA));
    for (int rank : new int[] {0, 1}) {
      double expected = Zipfian.probability(rank, RANKS, Zipfian.YCSB_THETA);
      assertThat((double) counts[rank] / DRAWS)
          .as("rank %s, seed %s", rank, SEED)
          .isCloseTo(expected, within(0.003));
    }
  }

  @Test
  void theShareOfTheHeadIsThatOfTheFormula() {
    int[] counts = draw(new Zipfian(RANKS, Zipfian.YCSB_THETA));
    for (int head : new int[] {10, 100, 1000, 5000}) {
      double expected =
          IntStream.range(0, head)
              .mapToDouble(rank -> Zipfian.probability(rank, RANKS, Zipfian.YCSB_THETA))
              .sum();
      double share = (double) Arrays.stream(counts, 0, head).sum() / DRAWS;
      assertThat(share).as("first %s, seed %s", head, SEED).isCloseTo(expected, within(0.02));
    }
  }

  @Test
  void scramblingKeepsTheSkewAndSpreadsIt() {
    int[] counts = draw(KeyChoice.scrambledZipfian(RANKS));
    int[] hottest =
        IntStream.range(0, RANKS)
            .boxed()
            .sorted((a, b) -> Integer.compare(counts[b], counts[a]))
            .limit(64)
            .mapToInt(Integer::intValue)
            .toArray();
    double share = (double) Arrays.stream(hottest).map(number -> counts[number]).sum() / DRAWS;
    BitSet eighths = new BitSet();
    Arrays.stream(hottest).forEach(number -> eighths.set(number * 8 / RANKS));
    assertThat(share).as("seed %s", SEED).isBetween(0.4, 0.6);
    assertThat(eighths.cardinality()).isEqualTo(8);
  }

  private static int[] draw(KeyChoice choice) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] counts = new int[RANKS];
    for (int i = 0; i < DRAWS; i++) {
      counts[choice.next(random)]++;
    }
    return counts;
  }
}
