package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

class TxConcurrencyTest {
  private final long seed = Long.getLong("seed", System.nanoTime());

  /// A few registers that several threads set, add to, delete, and exchange two at a time.
  @Param(name = "key", gen = IntGen.class, conf = "0:2")
  public static class Registers {
    private final Engine engine =
        Engine.open(EngineOptions.defaults(1).withMaintenance(false).withDatabases(1));

    @Operation
    public long add(@Param(name = "key") int key) {
      return with(
          key,
          key,
          (tx, one, ignored) -> {
            long sum = tx.int64(one, 0) + 1;
            tx.putInt64(one, sum);
            return sum;
          });
    }

    @Operation
    public long get(@Param(name = "key") int key) {
      return with(key, key, (tx, one, ignored) -> tx.int64(one, -1));
    }

    @Operation
    public boolean delete(@Param(name = "key") int key) {
      return with(key, key, (tx, one, ignored) -> tx.delete(one) ? 1 : 0) == 1;
    }

    @Operation
    public long move(@Param(name = "key") int from, @Param(name = "key") int to) {
      return with(
          from,
          to,
          (tx, source, target) -> {
            long value = tx.int64(source, -1);
            if (value >= 0 && from != to) {
              tx.values().copy(source, target, 0);
              tx.delete(source);
            }
            return value;
          });
    }

    private interface Body {
      long run(Tx tx, Key one, Key two);
    }

    private long with(int one, int two, Body body) {
      Tx tx = engine.borrow();
      try {
        Key first = Key.of("key" + one);
        Key second = Key.of("key" + two);
        tx.begin(1, 0);
        tx.slots().add(first.slot());
        tx.slots().add(second.slot());
        if (!tx.tryLock()) {
          tx.lock();
        }
        try {
          return body.run(tx, first, second);
        } finally {
          tx.end();
        }
      } finally {
        engine.giveBack(tx);
      }
    }
  }

  @Test
  void transactionsAreLinearizable() {
    new StressOptions()
        .threads(2)
        .actorsPerThread(4)
        .iterations(8)
        .invocationsPerIteration(150)
        .check(Registers.class);
  }

  @Test
  void transfersKeepTheSumWhileKeysAreScannedExpiredAndCompacted() throws Exception {
    System.out.println("TxConcurrencyTest seed " + seed);
    int accounts = 500;
    try (Engine engine = Engine.open(EngineOptions.defaults(seed));
        ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<?>> tasks = new ArrayList<>();
      transfer(engine, new Random(seed), accounts, 0, true);
      for (int worker = 0; worker < 3; worker++) {
        Random random = new Random(seed + worker);
        tasks.add(threads.submit(() -> transfer(engine, random, accounts, 8_000, false)));
      }
      Future<?> scanner = threads.submit(() -> scan(engine, stop, accounts));
      for (Future<?> task : tasks) {
        task.get();
      }
      stop.set(true);
      scanner.get();
      assertThat(sum(engine, accounts)).isEqualTo(accounts * 100L);
    }
  }

  private static Void transfer(
      Engine engine, Random random, int accounts, int count, boolean fill) {
    try (Tx tx = engine.newTx()) {
      for (int i = 0; fill && i < accounts; i++) {
        Key key = Key.of("account" + i);
        locked(tx, () -> tx.putInt64(key, 100), key);
      }
      for (int i = 0; i < count; i++) {
        Key from = Key.of("account" + random.nextInt(accounts));
        Key to = Key.of("account" + random.nextInt(accounts));
        Key noise = Key.of("noise" + random.nextInt(5_000));
        Bytes value = Bytes.of(new byte[random.nextInt(900)]);
        int ttl = random.nextInt(20);
        locked(
            tx,
            () -> {
              tx.putInt64(from, tx.int64(from, 0) - 1);
              tx.putInt64(to, tx.int64(to, 0) + 1);
              tx.putString(noise, value, tx.now() + ttl);
            },
            from,
            to,
            noise);
      }
    }
    return null;
  }

  private static Void scan(Engine engine, AtomicBoolean stop, int accounts) {
    try (Tx tx = engine.newTx()) {
      while (!stop.get()) {
        List<String> seen = new ArrayList<>();
        long cursor = 0;
        do {
          tx.begin(engine.clock().wallMillis(), 0);
          cursor = tx.all().scan(cursor, 100, -1, (key, type, expiry) -> seen.add(key.utf8()));
          tx.end();
        } while (cursor != 0);
        assertThat(seen.stream().filter(name -> name.startsWith("account")).distinct().count())
            .isEqualTo(accounts);
        engine.compact();
      }
    }
    return null;
  }

  private static long sum(Engine engine, int accounts) {
    long[] sum = {0};
    try (Tx tx = engine.newTx()) {
      for (int i = 0; i < accounts; i++) {
        Key key = Key.of("account" + i);
        locked(tx, () -> sum[0] += tx.int64(key, 0), key);
      }
    }
    return sum[0];
  }

  private static void locked(Tx tx, Runnable body, Key... keys) {
    tx.begin(Clock.system().wallMillis(), 0);
    for (Key key : keys) {
      tx.slots().add(key.slot());
    }
    tx.lock();
    try {
      body.run();
    } finally {
      tx.end();
    }
  }

  @Test
  void aLockThatIsNotFreeIsNotWaitedForByTryLock() {
    try (Engine engine = Engine.open(EngineOptions.defaults(1).withMaintenance(false));
        Tx holder = engine.newTx();
        Tx other = engine.newTx()) {
      Key key = Key.of("k");
      holder.begin(1, 0);
      holder.slots().add(key.slot());
      holder.lock();
      other.begin(1, 0);
      other.slots().add(7);
      other.slots().add(key.slot());
      assertThat(other.tryLock()).isFalse();
      other.end();
      holder.putString(key, Bytes.utf8("v"), Record.NO_EXPIRY);
      holder.end();
      other.begin(1, 0);
      other.slots().add(7);
      assertThat(other.tryLock()).isTrue();
      other.end();
    }
  }
}
