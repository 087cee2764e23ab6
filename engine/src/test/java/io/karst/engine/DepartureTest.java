package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever leaves at the very moment somebody pushes has left, or has the element; it is never
/// lost, and never had twice. What [WaitsLinearizabilityTest] meets too seldom.
@Timeout(60)
class DepartureTest {
  private static final int ROUNDS = 5_000;
  private static final int HESITATION_MAX = 2_000;

  private final long seed = Long.getLong("seed", System.nanoTime());

  @Test
  void whoLeavesWhileSomebodyPushesHasTheElementOrLeavesIt() throws InterruptedException {
    System.out.println("DepartureTest seed " + seed);
    StoredLists lists = new StoredLists();
    Semaphore begun = new Semaphore(0);
    Semaphore pushed = new Semaphore(0);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              for (int round = 1; round <= ROUNDS; round++) {
                take(begun);
                lists.push(0, round);
                pushed.release();
              }
            });
    Random random = new Random(seed);
    int served = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      assertThat(lists.begin(0, WaitingLists.Want.ALL.getFirst())).isEqualTo(WaitingLists.WAITING);
      begun.release();
      for (int i = random.nextInt(HESITATION_MAX); i > 0; i--) {
        Thread.onSpinWait();
      }
      int end = lists.leave(0);
      take(pushed);
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

  /// Spins for a moment, as nothing else is as quick, and parks: there may be no core for both.
  private static void take(Semaphore turn) {
    for (int spins = 0; spins < HESITATION_MAX; spins++) {
      if (turn.tryAcquire()) {
        return;
      }
      Thread.onSpinWait();
    }
    turn.acquireUninterruptibly();
  }
}
