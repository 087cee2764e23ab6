package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeptSignalTest {
  private static final long LONG_SECONDS = 60;

  private final KeptSignal signal = new KeptSignal("test");

  @Test
  void isSeenByWhoWaitsAfterIt() throws InterruptedException {
    signal.signal();
    assertThat(signal.await(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
    signal.signal();
    signal.await();
  }

  @Test
  void isSeenOnce() throws InterruptedException {
    signal.signal();
    signal.signal();
    assertThat(signal.await(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(signal.await(1, TimeUnit.NANOSECONDS)).isFalse();
  }

  @Test
  void wakesWhoWaits() {
    CompletableFuture<Boolean> told =
        CompletableFuture.supplyAsync(() -> {
          try {
            return signal.await(LONG_SECONDS, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            return false;
          }
        });
    signal.signal();
    assertThat(told.join()).isTrue();
  }
}
