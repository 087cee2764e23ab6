package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.history.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DatabaseNumbersTest {
  private static final int DATABASES = 4;

  @Test
  void whatTheyWereIsKnownFromWhatTheyAre() {
    long seed = Long.getLong("seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      List<int[]> states = new ArrayList<>();
      TreeMap<Long, List<Effect>> changes = new TreeMap<>();
      int[] ids = {0, 1, 2, 3};
      int fresh = DATABASES;
      int end = random.nextInt(30);
      int known = random.nextInt(end + 1);
      for (long lsn = 0; lsn <= end; lsn++) {
        states.add(ids.clone());
        List<Effect> frame = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          Effect effect = effect(random, ids, fresh++);
          DatabaseNumbers.apply(ids, effect);
          frame.add(effect);
        }
        changes.put(lsn, frame);
      }
      DatabaseNumbers numbers =
          new DatabaseNumbers(
              0, known, states.get(known), new TreeMap<>(changes.headMap((long) known)));
      for (int lsn = known; lsn < end; lsn++) {
        numbers.extend(lsn, lsn + 1L, states.get(lsn + 1));
      }
      for (int lsn = 0; lsn <= end; lsn++) {
        assertThat(numbers.knows(lsn)).isTrue();
        assertThat(numbers.at(lsn)).as("seed %d, LSN %d", seed, lsn).isEqualTo(states.get(lsn));
      }
      assertThat(numbers.knows(end + 1L)).isFalse();
    }
  }

  private static Effect effect(SplittableRandom random, int[] ids, int fresh) {
    int id = ids[random.nextInt(DATABASES)];
    return random.nextBoolean()
        ? new Effect.Flush(id, fresh)
        : new Effect.Swap(id, ids[random.nextInt(DATABASES)]);
  }
}
