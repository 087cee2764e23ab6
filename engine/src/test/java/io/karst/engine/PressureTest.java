package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.eviction.EvictionPolicy;
import io.karst.lsm.TierOptions;
import io.karst.memory.Record;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who holds writers back, and how much.
class PressureTest {
  private static final long MB = 1 << 20;

  @TempDir private Path folder;

  /// Memory is not short here: it is the history alone that nobody keeps short.
  @Test
  void aHistoryThatCheckpointsDoNotKeepShortHoldsWritersBackUntilTheyHave() throws IOException {
    DirectoryOptions directory = DirectoryOptions.defaults(folder, 1).withTier(TierOptions.SMALL);
    EngineOptions options =
        EngineOptions.defaults(1).withMaintenance(false).withStorage(DataDirectory.open(directory));
    try (Engine engine = Engine.open(options);
        StoreDriver store = new StoreDriver(engine)) {
      engine.eviction().policy(EvictionPolicy.SPILL);
      Bytes value = Bytes.of(new byte[1 << 20]);
      for (int i = 0; i < 382; i++) {
        store.run("k", key -> store.tx().putString(key, value, Record.NO_EXPIRY));
      }
      assertThat(engine.eviction().restNanos(1, 0)).isZero();
      for (int i = 0; i < 40; i++) {
        store.run("k", key -> store.tx().putString(key, value, Record.NO_EXPIRY));
      }
      assertThat(engine.eviction().restNanos(1, 0)).isPositive();
      assertThat(engine.eviction().pressed()).isFalse();
      engine.checkpoints().runNow();
      assertThat(engine.eviction().restNanos(1, 0)).isZero();
    }
  }

  @Test
  void thePressureOfTheHistoryGrowsFromOneAndAHalfTimesToTwiceItsLength() {
    assertThat(Pressure.ofHistory(0)).isZero();
    assertThat(Pressure.ofHistory(384 * MB)).isZero();
    assertThat(Pressure.ofHistory(448 * MB)).isEqualTo(0.5);
    assertThat(Pressure.ofHistory(512 * MB)).isEqualTo(1);
    assertThat(Pressure.ofHistory(1000 * MB)).isEqualTo(1);
  }

  @Test
  void aRoundBeginsAfter64MegabytesAtLeastFiveSecondsAfterTheLastOrAfter256() {
    assertThat(Checkpoints.due(64 * MB, Long.MAX_VALUE)).isFalse();
    assertThat(Checkpoints.due(65 * MB, 5_000_000_000L)).isTrue();
    assertThat(Checkpoints.due(65 * MB, 4_999_999_999L)).isFalse();
    assertThat(Checkpoints.due(256 * MB, 4_999_999_999L)).isFalse();
    assertThat(Checkpoints.due(257 * MB, 0)).isTrue();
  }

  @Test
  void writersWaitLongerTheHigherThePressureIsAndTheMoreTheyWriteButNotForever() {
    assertThat(Pressure.nanos(0, 1)).isEqualTo(2_000);
    assertThat(Pressure.nanos(0, 16)).isEqualTo(32_000);
    assertThat(Pressure.nanos(1.0 / 16, 1)).isEqualTo(4_000);
    assertThat(Pressure.nanos(0.5, 1)).isEqualTo(512_000);
    assertThat(Pressure.nanos(1, 1)).isEqualTo(131_072_000);
    assertThat(Pressure.nanos(1, 1_000_000)).isEqualTo(1_000_000_000);
  }
}
