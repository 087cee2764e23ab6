package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.engine.MemberLog.Committed;
import io.karst.keyspace.Key;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Readers of a store that follows, while frames are applied, checkpoints taken, keys dropped from
/// memory and read again, and the store is taken back.
class ReplicaConcurrencyTest {
  private static final int PAIRS = 20;
  private static final int FRAMES = 3_000;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ManualClock clock = new ManualClock();
  private final Committed committed = new Committed();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void readersSeeNoPartOfAFrame() throws Exception {
    System.out.println("ReplicaConcurrencyTest seed " + seed);
    Member leader = lead();
    Member follower = Member.open(committed, new SimulatedTier(), clock, seed);
    List<Future<?>> others = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      for (int i = 0; i < 2; i++) {
        Random own = new Random(random.nextLong());
        others.add(threads.submit(() -> read(follower, own)));
      }
      Random own = new Random(random.nextLong());
      others.add(threads.submit(() -> spill(follower, own)));
      try {
        apply(follower);
      } finally {
        done.set(true);
      }
    }
    for (Future<?> each : others) {
      each.get();
    }
    assertThat(follower.content()).isEqualTo(leader.content());
    leader.abandon();
    follower.abandon();
  }

  /// Each frame does the same to the two keys of a pair, which are in different slots.
  private Member lead() {
    Member leader = Member.open(committed, new SimulatedTier(), clock, seed);
    leader.lead();
    for (int i = 0; i < FRAMES; i++) {
      int pair = random.nextInt(PAIRS);
      boolean removes = random.nextInt(10) == 0;
      Bytes value = Bytes.utf8("value" + i);
      leader.store.begin();
      Tx tx = leader.store.tx();
      for (String side : List.of("left", "right")) {
        Key list = Key.of(side + "list" + pair);
        Key text = Key.of(side + "text" + pair);
        if (removes) {
          tx.delete(list);
          tx.delete(text);
        } else {
          tx.listForUpdate(list).push(false, List.of(value));
          tx.putString(text, value, Record.NO_EXPIRY);
        }
      }
      leader.store.end();
    }
    leader.log.commit(FRAMES);
    return leader;
  }

  private void apply(Member follower) {
    int batch = 0;
    while (follower.log.tail() < committed.end()) {
      follower.apply(1 + random.nextInt(20));
      if (++batch % 50 == 0) {
        follower.engine.checkpoint();
      }
      if (batch % 120 == 0) {
        follower.rewind();
      }
    }
  }

  private void read(Member follower, Random own) {
    try (Tx tx = follower.engine.newTx()) {
      while (!done.get()) {
        String pair = (own.nextBoolean() ? "text" : "list") + own.nextInt(PAIRS);
        Key[] keys = {Key.of("left" + pair), Key.of("right" + pair)};
        tx.begin(clock.wallMillis(), 0);
        tx.lock(keys, keys.length);
        try {
          assertThat(text(tx, keys[0])).isEqualTo(text(tx, keys[1]));
        } finally {
          tx.end();
        }
      }
    }
  }

  private static String text(Tx tx, Key key) {
    if (!tx.exists(key)) {
      return "nothing";
    }
    return key.bytes().utf8().contains("list")
        ? RandomChanges.text(tx, key)
        : String.valueOf(tx.string(key));
  }

  private void spill(Member follower, Random own) {
    try (StoreDriver store = new StoreDriver(follower.engine)) {
      while (!done.get()) {
        String side = own.nextBoolean() ? "left" : "right";
        String pair = (own.nextBoolean() ? "text" : "list") + own.nextInt(PAIRS);
        follower.spill(store, 0, side + pair);
      }
    }
  }
}
