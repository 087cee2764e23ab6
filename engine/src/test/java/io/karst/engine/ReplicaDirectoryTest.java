package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.engine.MemberLog.Committed;
import io.karst.keyspace.Key;
import io.karst.lsm.DamagedException;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores that hold the same, in directories of the operating system's: what one copies of its tier
/// is what another goes on from.
class ReplicaDirectoryTest {
  private static final int STEPS = Integer.getInteger("steps", 1_500);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ManualClock clock = new ManualClock();
  private final Committed committed = new Committed();
  private int copies;
  @TempDir Path temporary;

  @Test
  void whoeverGoesOnFromACopyHoldsTheSame() {
    System.out.println("ReplicaDirectoryTest seed " + seed);
    Member leader = open("leader");
    leader.lead();
    Member follower = open("follower");
    int replaced = 0;
    int killed = 0;
    for (int step = 0; step < STEPS; step++) {
      change(leader);
      switch (random.nextInt(60)) {
        case 0 -> leader.engine.checkpoints().runNow();
        case 1 -> follower.engine.checkpoints().runNow();
        case 2 -> {
          follower.replaceTier(copy(leader));
          replaced++;
        }
        case 3 -> {
          follower.kill();
          follower = open("follower");
          killed++;
        }
        case 4 -> follower.rewind();
        default -> {
          leader.log.commit(random.nextInt(5));
          follower.apply(random.nextInt(10));
          follower.spill(0, RandomChanges.name(random));
        }
      }
    }
    leader.engine.expireDue();
    leader.content(); // What is due of the elements goes.
    leader.log.commit(Integer.MAX_VALUE);
    Member fresh = open("fresh");
    fresh.replaceTier(copy(leader));
    assertThat(fresh.apply(Integer.MAX_VALUE)).as("what the copy has already").isZero();
    follower.apply(Integer.MAX_VALUE);
    Map<String, String> expected = leader.content();
    assertThat(follower.content()).as("seed %d", seed).isEqualTo(expected);
    assertThat(fresh.content()).as("seed %d", seed).isEqualTo(expected);
    assertThat(replaced).isPositive();
    assertThat(killed).isPositive();
    fresh.kill();
    fresh = open("fresh");
    assertThat(fresh.content()).isEqualTo(expected);
    assertNothingLeaks(leader, follower, fresh);
  }

  @Test
  void readersGoOnWhileTheTierIsReplaced() throws Exception {
    Member leader = open("leader");
    leader.lead();
    Member follower = open("follower");
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> reading = threads.submit(() -> readPairs(follower, done));
      try {
        for (int round = 0; round < 15; round++) {
          for (int i = 0; i < 50; i++) {
            putPair(leader, random.nextInt(100), "value " + round + " " + i);
          }
          leader.log.commit(Integer.MAX_VALUE);
          if (round % 2 == 0) {
            follower.replaceTier(copy(leader));
          } else {
            follower.apply(Integer.MAX_VALUE);
            follower.engine.checkpoint();
          }
        }
      } finally {
        done.set(true);
      }
      reading.get();
    }
    follower.apply(Integer.MAX_VALUE);
    assertThat(follower.content()).isEqualTo(leader.content());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !Files.exists(temporary.resolve("follower").resolve("lsm")));
    assertNothingLeaks(leader, follower);
  }

  private static void putPair(Member leader, int pair, String value) {
    leader.store.begin();
    for (String side : new String[] {"left", "right"}) {
      Bytes bytes = Bytes.utf8(value);
      leader.store.tx().putString(Key.of(side + pair), bytes, Record.NO_EXPIRY);
    }
    leader.store.end();
  }

  private void readPairs(Member follower, AtomicBoolean done) {
    try (Tx tx = follower.engine.newTx()) {
      for (int pair = 0; !done.get(); pair = (pair + 1) % 100) {
        Key[] keys = {Key.of("left" + pair), Key.of("right" + pair)};
        tx.begin(clock.wallMillis(), 0);
        tx.lock(keys, keys.length);
        try {
          assertThat(tx.string(keys[0])).isEqualTo(tx.string(keys[1]));
        } finally {
          tx.end();
        }
        tx.begin(clock.wallMillis(), 0);
        tx.all().forEach(-1, (key, type, expiry) -> assertThat(key.length()).isPositive());
        tx.end();
      }
    }
  }

  @Test
  void aDamagedCopyIsRefused() throws IOException {
    Member leader = open("leader");
    leader.lead();
    putPair(leader, 1, "value");
    Member follower = open("follower");
    leader.log.commit(Integer.MAX_VALUE);
    follower.apply(Integer.MAX_VALUE);
    Path copy = copy(leader);
    Files.delete(copy.resolve("CURRENT"));
    assertThatThrownBy(() -> follower.replaceTier(copy)).isInstanceOf(DamagedException.class);
    assertThat(copy).exists();
    assertThat(follower.content()).isEqualTo(leader.content());
    leader.kill();
    follower.kill();
  }

  @Test
  void aTierThatIsNoDirectoryOfAMemberStays() {
    Member member = Member.open(committed, new SimulatedTier(), clock, seed);
    assertThatThrownBy(() -> member.replaceTier(temporary))
        .isInstanceOf(IllegalStateException.class);
    member.abandon();
  }

  private Member open(String name) {
    return Member.open(committed, temporary.resolve(name), clock, random.nextLong());
  }

  private Path copy(Member member) {
    Path copy = temporary.resolve("copy" + copies++);
    assertThat(member.replica.copyTier(copy)).isEqualTo(member.replica.checkpointLsn());
    return copy;
  }

  private void change(Member leader) {
    clock.advance(random.nextInt(10));
    leader.store.with(
        random.nextInt(Member.DATABASES),
        RandomChanges.name(random),
        key -> {
          RandomChanges.run(leader.store.tx(), key, random);
          return true;
        });
    if (random.nextInt(100) == 0) {
      leader.store.begin();
      leader.store.tx().all().swap(0, 1);
      leader.store.tx().libraries().put("library", Bytes.utf8("source" + random.nextInt()));
      leader.store.end();
    }
  }

  private void assertNothingLeaks(Member leader, Member... followers) {
    leader.store.begin();
    for (int database = 0; database < Member.DATABASES; database++) {
      leader.store.tx().all().flush(database);
    }
    leader.store.end();
    leader.log.commit(Integer.MAX_VALUE);
    for (Member follower : followers) {
      follower.apply(Integer.MAX_VALUE);
      await().atMost(Duration.ofSeconds(30)).until(() -> follower.engine.memory().liveBytes() == 0);
      follower.kill();
    }
    leader.kill();
  }
}
