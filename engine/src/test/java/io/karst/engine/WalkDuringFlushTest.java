package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.memory.Record;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/// Whoever goes through the keys while the database is emptied finds some of them or none, and
/// comes to an end. What is freed meanwhile is poisoned, and looking at it an error.
class WalkDuringFlushTest {
  private static final int ROUNDS = 400;
  private static final int KEYS = 200;

  private final Engine engine = Engine.open(EngineOptions.defaults(1).withDatabases(1));

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void itEndsAndSeesNothingThatIsFreed() {
    try (Tx tx = engine.newTx()) {
      CompletableFuture<Void> emptying = CompletableFuture.runAsync(this::fillAndEmpty);
      long walks = 0;
      while (!emptying.isDone() || walks == 0) {
        assertThat(walk(tx)).isLessThanOrEqualTo(KEYS);
        walks++;
      }
      emptying.join();
      assertThat(walk(tx)).isZero();
    } finally {
      engine.close();
    }
  }

  private void fillAndEmpty() {
    Bytes value = Bytes.utf8("v");
    try (StoreDriver store = new StoreDriver(engine)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < KEYS; i++) {
          store.run("key" + i, key -> store.tx().putString(key, value, Record.NO_EXPIRY));
        }
        store.begin();
        store.tx().all().flush(0);
        store.end();
      }
    }
  }

  /// By all three ways; how many keys the first has found.
  private static int walk(Tx tx) {
    int[] found = new int[1];
    tx.begin(Clock.system().wallMillis(), 0);
    try {
      tx.all().forEach(-1, (key, type, expiryMillis) -> found[0]++);
      long cursor = 0;
      do {
        cursor = tx.all().scan(cursor, KEYS, -1, (key, type, expiryMillis) -> {});
      } while (cursor != 0);
      Bytes any = tx.all().random();
      assertThat(any == null || any.utf8().startsWith("key")).isTrue();
    } finally {
      tx.end();
    }
    return found[0];
  }
}
