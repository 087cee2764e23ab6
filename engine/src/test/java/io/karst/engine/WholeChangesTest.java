package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.history.KeptLog;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Changes of many elements, for which memory or the history ends somewhere in the middle, happen
/// whole or not at all.
class WholeChangesTest {
  private static final int ROUNDS = 400;
  private static final long NOW = 1_700_000_000_000L;
  private static final Key HASH = Key.of("{k}hash");
  private static final Key SET = Key.of("{k}set");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final KeptLog log = new KeptLog();
  private final Engine engine =
      Engine.open(EngineOptions.defaults(seed).withLog(log).withMaintenance(false));
  private final Tx tx = engine.newTx();
  private int whole;
  private int failed;

  @Test
  void happenWholeOrNotAtAll() {
    System.out.println("WholeChangesTest seed " + seed);
    for (int i = 0; i < ROUNDS; i++) {
      prepare();
      Map<String, String> before = state();
      long lsn = log.tail();
      if (random.nextBoolean()) {
        engine.memory().limit(engine.memory().usedBytes() + random.nextInt(1 << 19));
      } else {
        log.room(random.nextInt(1 << random.nextInt(18)));
      }
      try {
        run(this::change);
        whole++;
      } catch (Fault fault) {
        failed++;
        unlimited();
        assertThat(state()).isEqualTo(before);
        assertThat(log.tail()).isEqualTo(lsn);
      }
      unlimited();
    }
    assertThat(whole).isPositive();
    assertThat(failed).isPositive();
    run(() -> {
      tx.delete(HASH);
      tx.delete(SET);
    });
    tx.close();
    assertThat(engine.memory().usedBytes()).isZero();
    engine.close();
  }

  private void unlimited() {
    engine.memory().limit(Long.MAX_VALUE);
    log.room(Long.MAX_VALUE);
  }

  /// Leaves collections of any size, from none on, but none that is freed in the background.
  private void prepare() {
    run(() -> {
      tx.delete(HASH);
      tx.delete(SET);
    });
    int size = random.nextInt(1 << random.nextInt(10));
    if (size > 0) {
      run(() -> {
        tx.hashForUpdate(HASH).putAll(new Numbers(0, size, "v", 5), Record.NO_EXPIRY);
        tx.setForUpdate(SET).addAll(new Numbers(0, size, random.nextBoolean() ? "" : "m", 0));
      });
    }
  }

  private void change() {
    HashView hash = tx.hashForUpdate(HASH);
    SetView set = tx.setForUpdate(SET);
    int from = random.nextInt(500);
    int count = 1 + random.nextInt(450);
    switch (random.nextInt(6)) {
      case 0 -> {
        long expiry = random.nextBoolean() ? Record.NO_EXPIRY : NOW + 1000;
        hash.putAll(new Numbers(from, count, "v", random.nextInt(500)), expiry);
      }
      case 1 -> set.addAll(new Numbers(from, count, random.nextBoolean() ? "" : "m", 0));
      case 2 -> expire(hash, new Numbers(from, count, "v", 0));
      case 3 -> {
        if (hash.exists()) {
          hash.removeEach(new Numbers(from, count, "v", 0));
        }
      }
      case 4 -> {
        if (set.size() > 1) {
          set.popEach(random, 1 + random.nextInt(set.size() - 1), member -> {});
        }
      }
      default -> {
        try (ElementsBuilder members = tx.values().newSet(Bytes.EMPTY)) {
          Numbers batch = new Numbers(from, count, "m", 0);
          for (int i = 0; i < count; i++) {
            members.add(batch.element(i));
          }
          tx.values().put(HASH, members);
        }
      }
    }
  }

  private void expire(HashView hash, Numbers batch) {
    long at = random.nextInt(3) == 0 ? NOW - 1 : NOW + 1 + random.nextInt(1000);
    try (ElementExpiry expiry = hash.expiring(batch, at)) {
      for (int i = 0; i < batch.count(); i++) {
        if (hash.contains(batch.element(i))) {
          expiry.apply(i);
        }
      }
    }
  }

  private Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    run(() -> {
      HashView hash = tx.hash(HASH);
      hash.forEach((field, value) -> state.put("h" + field, value + "" + hash.expiry(field)));
      tx.set(SET).forEach((member, value) -> state.put("s" + member, ""));
    });
    return state;
  }

  private void run(Runnable action) {
    tx.begin(NOW, 0);
    tx.slots().add(HASH.slot());
    tx.lock();
    try {
      action.run();
    } finally {
      tx.end();
    }
  }

  /// Elements that are the numbers from one on, behind a prefix.
  private record Numbers(int from, int count, String prefix, int valueLength)
      implements ElementBatch {
    @Override
    public Bytes element(int index) {
      return Bytes.utf8(prefix + (from + index));
    }

    @Override
    public Bytes value(int index) {
      return Bytes.utf8("x".repeat(valueLength));
    }
  }
}
