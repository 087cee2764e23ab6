package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever leaves at the very moment somebody pushes has left, or has the element; it is never lost,
/// and never had twice. What [WaitsLinearizabilityTest] meets too seldom.
@Timeout(60)
class DepartureTest {
  private static final int ROUNDS = 5_000;
  private static final int HESITATION_MAX = 400;

  private final long seed = Long.getLong("seed", System.nanoTime());

  @Test
  void whoLeavesWhileSomebodyPushesHasTheElementOrLeavesIt() throws InterruptedException {
    System.out.println("DepartureTest seed " + seed);
    StoredLists lists = new StoredLists();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger pushed = new AtomicInteger();
    Thread writer =
        Thread.ofPlatform().start(() -> {
          for (int round = 1; round <= ROUNDS; round++) {
            awaitRound(begun, round);
            lists.push(0, round);
            pushed.set(round);
          }
        });
    Random random = new Random(seed);
    int served = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      assertThat(lists.begin(0, WaitingLists.Want.ALL.getFirst())).isEqualTo(WaitingLists.WAITING);
      begun.set(round);
      for (int i = random.nextInt(HESITATION_MAX); i > 0; i--) {
        Thread.onSpinWait();
      }
      int end = lists.leave(0);
      awaitRound(pushed, round);
      if (end == WaitingLists.LEFT) {
        assertThat(lists.pop(0)).isEqualTo(round);
      } else {
        assertThat(end).isEqualTo(round);
        served++;
      }
      assertThat(lists.size(0)).isZero();
    }
    writer.join();
    assertThat(served).as("rounds in which the writer was first").isBetween(1, ROUNDS - 1);
  }

  private static void awaitRound(AtomicInteger counter, int round) {
    for (int spins = 0; counter.get() < round; spins++) {
      if (spins < HESITATION_MAX) {
        Thread.onSpinWait();
      } else {
        Thread.yield(); // There may be no core for both.
      }
    }
  }
}
