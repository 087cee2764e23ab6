package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.engine.Counters.Counter;
import io.karst.history.Effect;
import io.karst.history.KeptLog;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TxTest {
  private final ManualClock clock = new ManualClock();
  private final KeptLog log = new KeptLog();
  private final Engine engine =
      Engine.open(
          EngineOptions.defaults(42)
              .withClock(clock)
              .withMaintenance(false)
              .withMemoryLimit(64 << 20)
              .withLog(log));
  private final StoreDriver store = new StoreDriver(engine);
  private final Tx tx = store.tx();

  @AfterEach
  void close() {
    store.close();
    engine.close();
  }

  @Test
  void aStringIsReadBackUntilItIsDeleted() {
    put("k", "value");
    assertThat(get("k")).isEqualTo("value");
    assertThat(store.is("k", tx::delete)).isTrue();
    assertThat(get("k")).isNull();
    assertThat(store.is("k", tx::delete)).isFalse();
  }

  @Test
  void aViewSurvivesTheOverwriteInTheSameTransaction() {
    put("k", "before");
    String seen =
        store.with(
            "k",
            key -> {
              Bytes view = tx.string(key);
              tx.putString(key, Bytes.utf8("after!"), Record.NO_EXPIRY);
              tx.delete(key);
              return view == null ? "none" : view.utf8();
            });
    assertThat(seen).isEqualTo("before");
  }

  @Test
  void aDueKeyDoesNotExistAndItsDeletionIsInTheHistory() {
    store.run("k", key -> tx.putString(key, Bytes.utf8("v"), clock.wallMillis() + 10));
    clock.advance(9);
    assertThat(get("k")).isEqualTo("v");
    clock.advance(1);
    assertThat(get("k")).isNull();
    assertThat(engine.size(0)).isZero();
    assertThat(log.effects()).last().isEqualTo(new Effect.Delete(0, Bytes.utf8("k")));
    assertThat(engine.count(Counter.EXPIRED)).isEqualTo(1);
  }

  @Test
  void theActiveCycleRemovesOnlyWhatIsDue() {
    for (int i = 0; i < 2_000; i++) {
      long expiry = clock.wallMillis() + 1 + i;
      store.run("k" + i, key -> tx.putString(key, Bytes.utf8("v"), expiry));
    }
    clock.advance(500);
    assertThat(engine.expireDue()).isEqualTo(500);
    assertThat(engine.size(0)).isEqualTo(1_500);
    assertThat(engine.expireDue()).isZero();
    clock.advance(5_000);
    assertThat(engine.expireDue()).isEqualTo(1_500);
  }

  @Test
  void aKeyWhoseElementsExpireEarlierExpiresByItself() {
    long now = clock.wallMillis();
    store.run("k", key -> tx.hashForUpdate(key).put(Bytes.utf8("f"), Bytes.EMPTY, now + 10));
    store.run("k", key -> tx.hashForUpdate(key).put(Bytes.utf8("stays"), Bytes.EMPTY));
    store.run("k", key -> tx.expire(key, now + 20));
    clock.advance(10);
    engine.expireDue();
    assertThat(engine.size(0)).isEqualTo(1);
    clock.advance(10);
    engine.expireDue();
    assertThat(engine.size(0)).isZero();
  }

  @Test
  void expireChangesRemovesAndDeletes() {
    put("k", "v");
    store.run("k", key -> tx.expire(key, clock.wallMillis() + 100));
    assertThat(store.number("k", tx::expiry)).isEqualTo(clock.wallMillis() + 100);
    store.run("k", key -> tx.expire(key, clock.wallMillis() + 200));
    assertThat(store.number("k", tx::expiry)).isEqualTo(clock.wallMillis() + 200);
    store.run("k", key -> tx.expire(key, Record.NO_EXPIRY));
    assertThat(store.number("k", tx::expiry)).isEqualTo(Record.NO_EXPIRY);
    store.run("k", key -> tx.expire(key, clock.wallMillis()));
    assertThat(store.number("k", tx::expiry)).isEqualTo(Record.ABSENT);
  }

  @Test
  void setRangeExtendsWithZerosAndGrowsAcrossBlocks() {
    StringBuilder expected = new StringBuilder("abc");
    put("k", "abc");
    for (int i = 0; i < 3_000; i++) {
      store.run("k", key -> tx.append(key, Bytes.utf8("x")));
      expected.append('x');
    }
    assertThat(get("k")).isEqualTo(expected.toString());
    assertThat(store.number("k", key -> tx.setRange(key, 100_000, Bytes.utf8("end"))))
        .isEqualTo(100_003);
    assertThat(get("k")).isEqualTo(expected + "\0".repeat(100_000 - expected.length()) + "end");
  }

  @Test
  void overwritingWithAnyLengthKeepsTheExpiryWhenAsked() {
    long expiry = clock.wallMillis() + 1000;
    store.run("k", key -> tx.putString(key, Bytes.utf8("v"), expiry));
    for (int length : new int[] {0, 1, 63, 64, 65, 255, 256, 65_535, 65_536, 300_000, 5}) {
      store.run("k", key -> tx.putString(key, Bytes.of(new byte[length]), Tx.KEEP_EXPIRY));
      assertThat(store.number("k", tx::stringLength)).isEqualTo(length);
      assertThat(store.number("k", tx::expiry)).isEqualTo(expiry);
    }
    put("k", "gone");
    assertThat(store.number("k", tx::expiry)).isEqualTo(Record.NO_EXPIRY);
  }

  @Test
  void integersKeepTheirTextAndTheirErrors() {
    store.run("n", key -> tx.putInt64(key, Long.MIN_VALUE));
    assertThat(get("n")).isEqualTo("-9223372036854775808");
    assertThat(store.number("n", key -> tx.int64(key, 0))).isEqualTo(Long.MIN_VALUE);
    put("n", "01");
    assertThatThrownBy(() -> store.number("n", key -> tx.int64(key, 0)))
        .isInstanceOf(CommandException.class)
        .hasMessage("ERR value is not an integer or out of range");
  }

  @Test
  void fullMemoryIsAnErrorThatChangesNothing() {
    Bytes large = Bytes.of(new byte[1 << 20]);
    int stored = 0;
    try {
      for (; stored < 100; stored++) {
        int number = stored;
        store.run("k" + number, key -> tx.putString(key, large, Record.NO_EXPIRY));
      }
    } catch (Fault.OutOfMemory full) {
      assertThat(full.category()).isEqualTo(Fault.Category.RETRY);
    }
    assertThat(stored).isBetween(50, 64);
    assertThat(engine.size(0)).isEqualTo(stored);
    int refused = stored;
    assertThat(store.is("k" + refused, tx::exists)).isFalse();
    assertThat(store.is("k0", tx::delete)).isTrue();
    engine.compact();
    assertThat(store.number("k1", tx::stringLength)).isEqualTo(1 << 20);
  }

  @Test
  void flushAndSwapWorkOnWholeDatabases() {
    put("a", "1");
    tx.begin(clock.wallMillis(), 0);
    tx.lockAll();
    tx.all().swap(0, 3);
    tx.end();
    assertThat(engine.size(0)).isZero();
    assertThat((boolean) store.with(3, "a", key -> tx.exists(key))).isTrue();
    tx.begin(clock.wallMillis(), 0);
    tx.lockAll();
    tx.all().flush(3);
    tx.end();
    assertThat(engine.size(3)).isZero();
    assertThat(log.effects()).endsWith(new Effect.Swap(0, 3), new Effect.Flush(0, 16));
  }

  @Test
  void aCopyIsIndependentOfItsSource() {
    put("{t}a", "one");
    Key target = Key.of("{t}b");
    assertThat(store.is("{t}a", key -> tx.values().copy(key, target, 0))).isTrue();
    put("{t}a", "two");
    assertThat(get("{t}b")).isEqualTo("one");
  }

  @Test
  void compactionGivesSparseMemoryBackAndKeepsEveryKey() {
    for (int i = 0; i < 100_000; i++) {
      put("key:" + i, "value-of-some-length-" + i);
    }
    for (int i = 0; i < 100_000; i++) {
      if (i % 10 != 0) {
        store.is("key:" + i, tx::delete);
      }
    }
    long before = engine.memory().totalBytes();
    engine.compact();
    assertThat(engine.memory().totalBytes()).isLessThan(before / 2);
    for (int i = 0; i < 100_000; i += 10) {
      assertThat(get("key:" + i)).isEqualTo("value-of-some-length-" + i);
    }
  }

  private void put(String name, String value) {
    store.run(name, key -> tx.putString(key, Bytes.utf8(value), Record.NO_EXPIRY));
  }

  private String get(String name) {
    return store.with(
        name,
        key -> {
          Bytes value = tx.string(key);
          return value == null ? null : value.utf8();
        });
  }
}
