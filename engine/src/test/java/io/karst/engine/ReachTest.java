package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReachTest {
  private static final int ACCOUNTS = 12;
  private static final int LARGE = 600;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Engine engine =
      Engine.open(EngineOptions.defaults(1).withMaintenance(false).withDatabases(1));
  private final Tx one = engine.newTx();
  private final Tx two = engine.newTx();

  private static final class Stuck extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
    engine.close();
  }

  @Test
  void aFreeLockIsTakenInAnyOrder() {
    begin(one, Key.of("b"));
    Key lower = keyBelow(Key.of("b"));
    assertThat(one.reach().tryLock(lower.slot())).isTrue();
    begin(two);
    assertThat(two.reach().tryLock(lower.slot())).isFalse();
    two.end();
    one.end();
    begin(two);
    assertThat(two.reach().tryLock(lower.slot())).isTrue();
    two.end();
  }

  @Test
  void theTurnIsThereOnce() {
    one.begin(1, 0);
    assertThat(one.reach().tryTurn()).isTrue();
    two.begin(1, 0);
    assertThat(two.reach().tryTurn()).isFalse();
    one.end();
    assertThat(two.reach().tryTurn()).isTrue();
    two.end();
  }

  @Test
  void whoIsImpatientHearsOfWhoHoldsForLong() {
    Key key = Key.of("k");
    begin(one, key);
    one.reach().heldLong();
    two.begin(1, 0);
    two.reach().impatient();
    two.slots().add(key.slot());
    assertThatThrownBy(two::lock).isInstanceOf(HeldLongException.class);
    assertThatThrownBy(two::lockAll).isInstanceOf(HeldLongException.class);
    assertThat(two.reach().holdsTurn()).isFalse();
    two.end();
    one.end();
    begin(two, key);
    two.end();
  }

  @Test
  void whoHoldsTheTurnForLongIsNotWaitedFor() {
    one.begin(1, 0);
    one.reach().takeTurn();
    one.reach().heldLong();
    two.begin(1, 0);
    two.reach().impatient();
    assertThatThrownBy(two.reach()::takeTurn).isInstanceOf(HeldLongException.class);
    two.end();
    one.end();
  }

  @Test
  void beforeALargeValueChangesItIsAsked() {
    Key large = Key.of("large");
    Key small = Key.of("small");
    fill(large);
    begin(one, large, small);
    one.script(() -> {
      throw new Stuck();
    });
    one.putInt64(small, 5);
    assertThatThrownBy(() -> one.hashForUpdate(large)).isInstanceOf(Stuck.class);
    one.rollback();
    one.end();
    begin(one, large, small);
    assertThat(one.exists(small)).isFalse();
    one.script(one::settle);
    one.putInt64(small, 5);
    one.next(0);
    one.hashForUpdate(large).put(Bytes.utf8("more"), Bytes.utf8("1"), -1);
    assertThat(one.revocable()).isFalse();
    one.end();
    begin(one, large, small);
    assertThat(one.hash(large).size()).isEqualTo(LARGE + 1);
    assertThat(one.int64(small, 0)).isEqualTo(5);
    one.end();
  }

  /// Transfers between accounts that nobody has named before, some of them in large values, beside
  /// others that lock several keys or everything: nobody waits for ever, and the sum is kept.
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void transfersOnUnnamedKeysKeepTheSum() throws Exception {
    System.out.println("ReachTest seed " + seed);
    for (int i = 0; i < 3; i++) {
      fill(account(i));
    }
    int threads = 6;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Random random = new Random(seed + i);
        all.add(pool.submit(() -> transfers(random)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    begin(one);
    one.lockAll();
    long sum = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
      sum += balance(one, account(i));
    }
    one.end();
    assertThat(sum).isZero();
  }

  private Void transfers(Random random) {
    try (Tx tx = engine.newTx()) {
      for (int i = 0; i < 4_000; i++) {
        switch (random.nextInt(8)) {
          case 0 -> named(tx, random);
          case 1 -> {
            if (random.nextInt(50) == 0) {
              tx.begin(1, 0);
              tx.lockAll();
              change(tx, account(0), 1);
              change(tx, account(5), -1);
              tx.end();
            }
          }
          default -> unnamed(tx, random);
        }
      }
    }
    return null;
  }

  private static void named(Tx tx, Random random) {
    Key from = account(random.nextInt(ACCOUNTS));
    Key to = account(random.nextInt(ACCOUNTS));
    begin(tx, from, to);
    change(tx, from, -1);
    change(tx, to, 1);
    tx.end();
  }

  private static void unnamed(Tx tx, Random random) {
    int[] path = random.ints(2 * (1 + random.nextInt(3)), 0, ACCOUNTS).toArray();
    boolean turn = false;
    while (!attempt(tx, path, turn, random)) {
      turn = true;
    }
  }

  private static boolean attempt(Tx tx, int[] path, boolean turn, Random random) {
    tx.begin(1, 0);
    if (turn) {
      tx.reach().takeTurn();
    }
    tx.script(() -> {
      if (!tx.reach().tryTurn()) {
        throw new Stuck();
      }
      tx.settle();
    });
    try {
      for (int i = 0; i < path.length; i++) {
        Key key = account(path[i]);
        if (!tx.reach().tryLock(key.slot())) {
          if (!tx.reach().holdsTurn()) {
            throw new Stuck();
          }
          if (random.nextInt(20) == 0) {
            tx.reach().lockAll();
          } else {
            tx.reach().lock(key.slot());
          }
        }
        tx.next(0);
        change(tx, key, i % 2 == 0 ? 1 : -1);
      }
      return true;
    } catch (Stuck e) {
      tx.rollback();
      return false;
    } finally {
      tx.end();
    }
  }

  private void fill(Key key) {
    begin(one, key);
    for (int i = 0; i < LARGE; i++) {
      one.hashForUpdate(key).put(Bytes.utf8("field" + i), Bytes.utf8("0"), -1);
      one.next(0);
    }
    one.end();
  }

  private static void change(Tx tx, Key key, int delta) {
    if (tx.type(key) == ValueType.HASH) {
      long before = balance(tx, key);
      tx.hashForUpdate(key).put(Bytes.utf8("sum"), Bytes.utf8("" + (before + delta)), -1);
    } else {
      tx.putInt64(key, balance(tx, key) + delta);
    }
  }

  private static long balance(Tx tx, Key key) {
    if (tx.type(key) == ValueType.HASH) {
      Bytes sum = tx.hash(key).get(Bytes.utf8("sum"));
      return sum == null ? 0 : Long.parseLong(sum.utf8());
    }
    return tx.int64(key, 0);
  }

  private static Key account(int number) {
    return Key.of("account" + number);
  }

  private static Key keyBelow(Key than) {
    for (int i = 0; ; i++) {
      Key key = Key.of("key" + i);
      if (key.slot() < than.slot()) {
        return key;
      }
    }
  }

  private static void begin(Tx tx, Key... keys) {
    tx.begin(1, 0);
    for (Key key : keys) {
      tx.slots().add(key.slot());
    }
    tx.lock();
  }
}
