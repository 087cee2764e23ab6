package io.karst.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VictimPoolTest {
  private final VictimPool pool = new VictimPool();

  @Test
  void theBestComeFirst() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("VictimPoolTest seed " + seed);
    Random random = new Random(seed);
    List<Long> scores = new ArrayList<>();
    for (int record = 1; record <= 1_000; record++) {
      long score = random.nextInt(-250, 250);
      scores.add(score);
      pool.add(score, record * 3L, record * 5L, record);
    }
    scores.sort(Comparator.reverseOrder());
    for (int i = 0; i < VictimPool.SIZE; i++) {
      assertThat(pool.bestScore()).isEqualTo(scores.get(i));
      assertThat(pool.bestPlace()).isEqualTo(pool.bestRecord() * 3);
      assertThat(pool.bestHash()).isEqualTo(pool.bestRecord() * 5);
      pool.dropBest();
    }
    assertThat(pool.isEmpty()).isTrue();
  }

  @Test
  void aCandidateIsKeptOnce() {
    pool.add(1, 0, 0, 7);
    pool.add(2, 0, 0, 7);
    pool.dropBest();
    assertThat(pool.isEmpty()).isTrue();
  }

  @Test
  void ofTwoThatAreAsGoodTheOneSeenFirstGoesFirst() {
    pool.add(1, 0, 0, 7);
    pool.add(1, 0, 0, 8);
    assertThat(pool.bestRecord()).isEqualTo(7);
  }

  @Test
  void aFullPoolWantsTheBetterOnly() {
    for (int record = 1; record <= VictimPool.SIZE; record++) {
      assertThat(pool.wants(Long.MIN_VALUE)).isTrue();
      pool.add(record, 0, 0, record);
    }
    assertThat(pool.wants(1)).isFalse();
    assertThat(pool.wants(2)).isTrue();
    pool.clear();
    assertThat(pool.isEmpty()).isTrue();
  }
}
