package io.karst.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapBoundTest {
  private static final long MB = 1 << 20;

  private long committed = 50 * MB;
  private long livingBytes = 50 * MB;
  private int collections;
  private final HeapBound bound =
      new HeapBound(
          () -> committed,
          () -> {
            collections++;
            committed = livingBytes;
          });

  @Test
  void aHeapThatHasGrownByAStepIsCollected() {
    committed += 48 * MB;
    bound.look();
    assertThat(collections).isZero();
    committed += 1;
    bound.look();
    assertThat(collections).isEqualTo(1);
    assertThat(committed).isEqualTo(50 * MB);
  }

  /// Otherwise it would be collected again and again for nothing.
  @Test
  void whatLivesIsCollectedOnlyOnce() {
    livingBytes = 400 * MB;
    committed = 400 * MB;
    bound.look();
    bound.look();
    committed = 590 * MB;
    bound.look();
    assertThat(collections).isEqualTo(1);
    committed = 601 * MB;
    bound.look();
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void theHeapOfTheProcessIsOne() {
    new HeapBound().look();
    assertThat(collections).isZero();
  }
}
