package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long MB = 1 << 20;
  private static final long GB = 1 << 30;

  @Test
  void withoutATierTheKeyspaceHasAll() {
    assertThat(MemoryPlan.of(100 * MB, false)).isEqualTo(new MemoryPlan(100 * MB, 0, 0, 0));
    assertThat(MemoryPlan.of(100 * MB, false).resized(7)).isEqualTo(MemoryPlan.of(7, false));
  }

  @Test
  void theSharesOfSomeSizes() {
    assertThat(MemoryPlan.of(256 * MB, true))
        .isEqualTo(new MemoryPlan(216 * MB, 32 * MB, 16 * MB, 8 * MB));
    assertThat(MemoryPlan.of(64 * GB, true))
        .isEqualTo(new MemoryPlan(64 * GB - 576 * MB, 512 * MB, 48 * MB, 64 * MB));
    assertThat(MemoryPlan.of(32 * MB, true)).isEqualTo(new MemoryPlan(23 * MB, 8 * MB, 4 * MB, MB));
  }

  @Test
  void theSharesAreNoMoreThanTheWholeAndTheKeyspaceHasTheMost() {
    sizes()
        .forEach(bytes -> {
          MemoryPlan plan = MemoryPlan.of(bytes, true);
          assertThat(plan.keyspace() + plan.tier() + plan.reserve())
              .as("of %d", bytes)
              .isBetween(bytes - 63, bytes);
          assertThat(plan.keyspace()).isGreaterThanOrEqualTo((bytes - 63) * 11 / 16);
          assertThat(plan.memtables()).isLessThanOrEqualTo(plan.tier() / 2);
        });
  }

  @Test
  void noShareFallsWhenThereIsMore() {
    long[] sizes = sizes().sorted().toArray();
    for (int i = 1; i < sizes.length; i++) {
      MemoryPlan less = MemoryPlan.of(sizes[i - 1], true);
      MemoryPlan more = MemoryPlan.of(sizes[i], true);
      String between = sizes[i - 1] + " and " + sizes[i];
      assertThat(more.keyspace()).as(between).isGreaterThanOrEqualTo(less.keyspace());
      assertThat(more.tier()).as(between).isGreaterThanOrEqualTo(less.tier());
      assertThat(more.memtables()).as(between).isGreaterThanOrEqualTo(less.memtables());
      assertThat(more.reserve()).as(between).isGreaterThanOrEqualTo(less.reserve());
    }
  }

  @Test
  void anotherSizeLeavesTheTierWhatItHas() {
    MemoryPlan plan = MemoryPlan.of(GB, true);
    assertThat(plan.resized(2 * GB).tier()).isEqualTo(plan.tier());
    assertThat(plan.resized(2 * GB).keyspace())
        .isEqualTo(2 * GB - plan.tier() - plan.resized(2 * GB).reserve());
    assertThat(plan.resized(100 * MB).keyspace()).isEqualTo(25 * MB);
    assertThat(plan.resized(GB)).isEqualTo(plan);
  }

  @Test
  void clientsTakeFromTheKeyspaceWhatIsBeyondTheReserve() {
    MemoryPlan plan = MemoryPlan.of(256 * MB, true);
    assertThat(plan.keyspaceBeside(8 * MB)).isEqualTo(216 * MB);
    assertThat(plan.keyspaceBeside(18 * MB)).isEqualTo(206 * MB);
    assertThat(plan.keyspaceBeside(10 * GB)).isEqualTo(108 * MB);
  }

  private static LongStream sizes() {
    LongStream steps = LongStream.rangeClosed(0, 400).map(i -> (long) Math.pow(1.07, (double) i));
    LongStream edges =
        LongStream.of(0, 64, 16 * MB, 64 * MB, 128 * MB, GB, 4 * GB)
            .flatMap(edge -> LongStream.rangeClosed(Math.max(0, edge - 130), edge + 130));
    return LongStream.concat(steps, edges);
  }
}
