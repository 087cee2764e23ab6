package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.engine.MemberLog.Committed;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Random histories of three stores that hold the same: one leads, the others apply what it has
/// committed by and by. All take checkpoints, some of which fail, drop keys from memory and read
/// them again; they lose power and go on with what their tiers have; the leader is taken back when
/// it has done what is never committed, and another leads. Beside them a store in memory that
/// applies all that was committed, once.
class ReplicaModelTest {
  private static final int STEPS = Integer.getInteger("steps", 20_000);
  private static final int MEMBERS = 3;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ManualClock clock = new ManualClock();
  private final Committed committed = new Committed();
  private final Member[] members = new Member[MEMBERS];
  private final Engine model =
      Member.small(
          Engine.open(
              EngineOptions.defaults(seed)
                  .withDatabases(Member.DATABASES)
                  .withClock(clock)
                  .withMaintenance(false)));
  private final StoreDriver modelStore = new StoreDriver(model);
  private long modelled;
  private int leader;
  private int crashes;
  private int rewinds;
  private int lost;
  private int failures;
  private int spills;
  private int applied;

  @Test
  void whateverHappensAllHoldTheSame() {
    System.out.println("ReplicaModelTest seed " + seed);
    for (int i = 0; i < MEMBERS; i++) {
      members[i] = open(new SimulatedTier());
    }
    members[leader].lead();
    for (int step = 0; step < STEPS; step++) {
      change();
      commit();
      applySome(follower());
      disturb();
      if (step % 2_000 == 0) {
        assertSame();
      }
    }
    assertSame();
    assertThat(crashes).isPositive();
    assertThat(rewinds).isPositive();
    assertThat(lost).as("frames that were never committed").isPositive();
    assertThat(failures).isPositive();
    assertThat(spills).isPositive();
    assertThat(applied).isPositive();
    assertNothingLeaks();
    modelStore.close();
    model.close();
  }

  private Member open(SimulatedTier tier) {
    return Member.open(committed, tier, clock, random.nextLong());
  }

  private Member leader() {
    return members[leader];
  }

  private Member follower() {
    return members[(leader + 1 + random.nextInt(MEMBERS - 1)) % MEMBERS];
  }

  private Member any() {
    return members[random.nextInt(MEMBERS)];
  }

  // ---- changes ----

  private void change() {
    clock.advance(random.nextInt(10));
    switch (random.nextInt(300)) {
      case 0 -> library();
      case 1 -> all(tx -> tx.all().swap(0, 1));
      case 2 -> {
        if (random.nextInt(3) == 0) {
          all(tx -> tx.all().flush(random.nextInt(Member.DATABASES)));
        }
      }
      case 3, 4, 5, 6, 7, 8, 9 -> transaction();
      default -> single();
    }
  }

  private void library() {
    String name = "l" + random.nextInt(3);
    if (random.nextBoolean()) {
      all(tx -> tx.libraries().put(name, Bytes.utf8("source" + random.nextInt())));
    } else {
      all(tx -> {
        var _ = tx.libraries().remove(name);
      });
    }
  }

  private void all(Consumer<Tx> change) {
    Tx tx = leader().store.tx();
    tx.begin(clock.wallMillis(), 0);
    tx.lockAll();
    try {
      change.accept(tx);
    } finally {
      tx.end();
    }
  }

  /// Several changes as one, among them of whole databases.
  private void transaction() {
    leader().store.begin();
    Tx tx = leader().store.tx();
    tx.asOne();
    for (int i = random.nextInt(6); i >= 0; i--) {
      switch (random.nextInt(20)) {
        case 0 -> tx.all().swap(0, 1);
        case 1 -> {
          if (random.nextInt(5) == 0) {
            tx.all().flush(random.nextInt(Member.DATABASES));
          }
        }
        case 2, 3 -> move(tx);
        default -> single();
      }
    }
    leader().store.end();
  }

  private void move(Tx tx) {
    int to = random.nextInt(Member.DATABASES);
    int from = random.nextInt(Member.DATABASES);
    String source = RandomChanges.name(random);
    String target = RandomChanges.nameLike(source, random);
    if (from != to || !source.equals(target)) {
      tx.next(from);
      var _ = tx.values().move(Key.of(source), Key.of(target), to);
    }
  }

  private void single() {
    StoreDriver store = leader().store;
    int database = random.nextInt(Member.DATABASES);
    if (random.nextInt(3) == 0) {
      store.with(database, textName(), key -> changeText(store.tx(), key));
    } else {
      store.with(
          database,
          RandomChanges.name(random),
          key -> {
            RandomChanges.run(store.tx(), key, random);
            return true;
          });
    }
  }

  private String textName() {
    return "text" + random.nextInt(50);
  }

  private boolean changeText(Tx tx, Key key) {
    switch (random.nextInt(6)) {
      case 0 -> tx.delete(key);
      case 1 -> tx.append(key, Bytes.utf8("more"));
      case 2 -> {
        if (tx.exists(key)) {
          tx.expire(key, clock.wallMillis() + random.nextInt(3_000));
        }
      }
      default -> {
        boolean expires = random.nextInt(3) == 0;
        long expiry = expires ? clock.wallMillis() + random.nextInt(3_000) : Record.NO_EXPIRY;
        tx.putString(key, Bytes.utf8("value" + random.nextInt(1_000)), expiry);
      }
    }
    return true;
  }

  private void commit() {
    if (random.nextInt(3) == 0) {
      leader().log.commit(1 + random.nextInt(8));
    }
  }

  private void applySome(Member follower) {
    if (random.nextInt(4) == 0) {
      applied += follower.apply(1 + random.nextInt(40));
    }
  }

  // ---- what else happens ----

  private void disturb() {
    switch (random.nextInt(1_000)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> any().engine.checkpoints().runNow();
      case 10, 11, 12, 13 -> failingCheckpoint(any());
      case 14, 15, 16, 17, 18, 19 -> checkpointDuringChanges(any());
      case 20, 21, 22, 23, 24, 25 -> crash();
      case 26, 27, 28 -> deposed();
      case 29 -> {
        Member back = follower();
        back.rewind();
        readSome(back);
      }
      case 30, 31 -> {
        any().engine.expireDue();
        any().engine.compact();
      }
      default -> {
        if (random.nextInt(2) == 0) {
          spill(any());
        } else if (random.nextInt(3) == 0) {
          read(any());
        }
      }
    }
  }

  private void failingCheckpoint(Member member) {
    SimulatedTier tier = (SimulatedTier) member.tier;
    long failing = tier.steps() + random.nextInt(3);
    tier.beforeStep(step -> {
      if (step >= failing) {
        throw new Fault.ReadOnly("No space left on device");
      }
    });
    failures += member.engine.checkpoints().runNow() ? 0 : 1;
    tier.beforeStep(step -> {});
  }

  private void checkpointDuringChanges(Member member) {
    SimulatedTier tier = (SimulatedTier) member.tier;
    tier.beforeStep(step -> {
      for (int i = random.nextInt(10); i > 0; i--) {
        change();
        commit();
        applySome(follower());
      }
    });
    member.engine.checkpoints().runNow();
    tier.beforeStep(step -> {});
  }

  /// A follower loses power, in the middle of a checkpoint or not, and comes back.
  private void crash() {
    Member former = follower();
    if (random.nextBoolean()) {
      failingCheckpoint(former);
    }
    reopen(Arrays.asList(members).indexOf(former));
    crashes++;
  }

  private void reopen(int index) {
    Member former = members[index];
    members[index] = open(((SimulatedTier) former.tier).powerCut(random));
    former.abandon();
    readSome(members[index]);
  }

  /// What the tier has may be newer than what has been applied.
  private void readSome(Member member) {
    for (int i = random.nextInt(60); i > 0; i--) {
      read(member);
    }
  }

  /// The leader is left alone, goes on for a while, and is taken back; another leads.
  private void deposed() {
    int former = leader;
    Member deposed = leader();
    deposed.log.leftAlone();
    for (int i = random.nextInt(40); i > 0; i--) {
      change();
      if (random.nextInt(20) == 0) {
        failures += deposed.engine.checkpoints().runNow() ? 0 : 1;
      }
      if (random.nextInt(5) == 0) {
        spill(deposed);
      }
    }
    lost += deposed.log.uncommittedCount();
    leader = Arrays.asList(members).indexOf(follower());
    leader().lead();
    for (int i = random.nextInt(10); i > 0; i--) {
      change();
      commit();
    }
    if (random.nextInt(3) == 0) {
      reopen(former);
    } else {
      deposed.rewind();
      readSome(deposed);
      rewinds++;
    }
  }

  private void spill(Member member) {
    String name = random.nextBoolean() ? textName() : RandomChanges.name(random);
    spills += member.spill(random.nextInt(Member.DATABASES), name) ? 1 : 0;
  }

  private void read(Member member) {
    String name = random.nextBoolean() ? textName() : RandomChanges.name(random);
    Tx tx = member.store.tx();
    member.store.with(random.nextInt(Member.DATABASES), name, tx::exists);
  }

  // ---- comparing ----

  private void assertSame() {
    leader().engine.expireDue();
    leader().content(); // What is due of the elements goes.
    leader().log.commit(Integer.MAX_VALUE);
    Map<String, String> expected = modelled();
    for (Member member : members) {
      if (!member.equals(leader())) {
        applied += member.apply(Integer.MAX_VALUE);
      }
      assertThat(differences(member.content(), expected))
          .as("seed %d, member %d, %d leads", seed, Arrays.asList(members).indexOf(member), leader)
          .isEmpty();
    }
  }

  private static List<String> differences(Map<String, String> found, Map<String, String> expected) {
    Set<String> names = new TreeSet<>(found.keySet());
    names.addAll(expected.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(found.get(name), expected.get(name)))
        .map(name -> name + " is\n" + found.get(name) + "\nand not\n" + expected.get(name))
        .toList();
  }

  private Map<String, String> modelled() {
    Replay replay = new Replay(modelStore.tx());
    for (Replica.Frame frame : committed.from(modelled, Integer.MAX_VALUE)) {
      for (Effect effect : frame.effects()) {
        replay.apply(effect);
      }
      modelled = frame.endLsn();
    }
    return Member.content(model, modelStore);
  }

  private void assertNothingLeaks() {
    List<Member> all = new ArrayList<>(List.of(members));
    for (int database = 0; database < Member.DATABASES; database++) {
      int in = database;
      all(tx -> tx.all().flush(in));
    }
    leader().log.commit(Integer.MAX_VALUE);
    for (Member member : all) {
      if (!member.equals(leader())) {
        member.apply(Integer.MAX_VALUE);
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> member.engine.memory().liveBytes() == 0);
      member.abandon();
    }
  }
}
