package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.engine.Counters.Counter;
import io.karst.engine.MemberLog.Committed;
import io.karst.engine.Replica.Frame;
import io.karst.eviction.EvictionPolicy;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.lsm.SimulatedTier;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a store does while it follows, and what it does not; that what comes out is right is
/// [ReplicaModelTest]'s.
class ReplicaTest {
  private static final List<String> COLLECTIONS = List.of("hash", "set", "zset");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ManualClock clock = new ManualClock();
  private final Committed committed = new Committed();
  private final Member leader = open(new SimulatedTier());
  private Member follower = open(new SimulatedTier());

  ReplicaTest() {
    leader.lead();
  }

  @AfterEach
  void close() {
    leader.abandon();
    follower.abandon();
  }

  @Test
  void whoFollowsRefusesChangesBeforeTheyHappen() {
    leads(tx -> put(tx, "k", "v"));
    follow();
    assertThatThrownBy(() -> follower.store.run("k", key -> put(follower.store.tx(), "k", "w")))
        .isInstanceOf(Fault.ReadOnly.class);
    assertThatThrownBy(() -> follower.store.run("k", key -> follower.store.tx().delete(key)))
        .isInstanceOf(Fault.ReadOnly.class);
    assertThatThrownBy(() ->
            follower.store.run(
                "set", key -> follower.store.tx().setForUpdate(key).add(Bytes.utf8("a"))))
        .isInstanceOf(Fault.ReadOnly.class);
    assertThat(get(follower, "k")).isEqualTo("v");
    assertThat(follower.engine.size(0)).isEqualTo(1);
    follower.replica.lead(() -> follower.log.leads(true));
    follower.store.run("k", key -> put(follower.store.tx(), "k", "w"));
    assertThat(get(follower, "k")).isEqualTo("w");
  }

  @Test
  void whatIsDueDoesNotShowAndStaysUntilTheLeaderSaysSo() {
    leads(tx -> {
      tx.putString(Key.of("k"), Bytes.utf8("v"), clock.wallMillis() + 10);
      tx.putString(Key.of("cold"), Bytes.utf8("v"), clock.wallMillis() + 10);
      HashView hash = tx.hashForUpdate(Key.of("h"));
      hash.put(Bytes.utf8("stays"), Bytes.utf8("1"), Record.NO_EXPIRY);
      hash.put(Bytes.utf8("goes"), Bytes.utf8("1"), clock.wallMillis() + 10);
    });
    follow();
    follower.engine.checkpoint();
    assertThat(follower.spill(0, "cold")).isTrue();
    clock.advance(10);
    assertThat(follower.engine.expireDue()).isZero();
    assertThat(get(follower, "k")).isNull();
    assertThat(get(follower, "cold")).isNull();
    assertThat(field(follower, "goes")).isNull();
    assertThat(field(follower, "stays")).isEqualTo("1");
    assertThat(follower.engine.size(0)).isEqualTo(3);
    assertThat(leader.engine.expireDue()).isPositive();
    assertThat(field(leader, "goes")).isNull();
    follow();
    assertThat(follower.engine.size(0)).isEqualTo(1);
    assertThat(follower.content()).isEqualTo(leader.content());
  }

  @Test
  void elementsThatAreDueAreNeitherCountedNorShown() {
    System.out.println("ReplicaTest seed " + seed);
    for (int round = 0; round < 200; round++) {
      leads(this::fillCollections);
      follow();
      clock.advance(random.nextInt(12));
      for (String name : COLLECTIONS) {
        String seen = view(follower, name);
        assertThat(seen).as("seed %d", seed).isEqualTo(view(leader, name));
      }
      leader.log.commit(Integer.MAX_VALUE);
    }
    assertThat(follower.engine.count(Counter.EXPIRED_ELEMENTS)).isZero();
    assertThat(leader.engine.count(Counter.EXPIRED_ELEMENTS)).isPositive();
  }

  private void fillCollections(Tx tx) {
    for (String name : COLLECTIONS) {
      Key key = Key.of(name);
      tx.next(0);
      tx.delete(key);
      for (int i = random.nextInt(12); i >= 0; i--) {
        Bytes element = Bytes.utf8("element" + random.nextInt(40));
        Elements elements =
            switch (name) {
              case "hash" -> {
                HashView hash = tx.hashForUpdate(key);
                hash.put(element, element, Record.NO_EXPIRY);
                yield hash;
              }
              case "set" -> {
                SetView set = tx.setForUpdate(key);
                set.add(element);
                yield set;
              }
              default -> {
                SortedSetView set = tx.sortedSetForUpdate(key);
                set.put(element, random.nextInt(5));
                yield set;
              }
            };
        if (random.nextInt(3) > 0) {
          elements.expire(element, clock.wallMillis() + 1 + random.nextInt(10));
        }
      }
    }
  }

  /// All that is seen of a collection, in every way there is to look at it.
  private String view(Member member, String name) {
    return member.store.with(
        name,
        key -> {
          Tx tx = member.store.tx();
          Elements elements =
              switch (name) {
                case "hash" -> tx.hash(key);
                case "set" -> tx.set(key);
                default -> tx.sortedSet(key);
              };
          Map<String, Long> all = new TreeMap<>();
          elements.forEach((element, _) -> all.put(element.utf8(), elements.expiry(element)));
          assertThat(elements.size()).isEqualTo(all.size()).isEqualTo(elements.listing().size());
          assertThat(elements.exists()).isEqualTo(!all.isEmpty());
          if (!all.isEmpty()) {
            checkDraws(elements, all.keySet());
          }
          String text = name + all;
          return elements instanceof SortedSetView sorted ? text + inOrder(sorted, all) : text;
        });
  }

  private void checkDraws(Elements elements, Set<String> all) {
    Set<String> drawn = new HashSet<>();
    elements.draw(random, 30, (element, _) -> drawn.add(element.utf8()));
    drawn.add(elements.random(random).utf8());
    assertThat(all).containsAll(drawn);
    List<String> sampled = new ArrayList<>();
    int count = 1 + random.nextInt(all.size());
    elements.sample(random, count, (element, _) -> sampled.add(element.utf8()));
    assertThat(sampled).hasSize(count).doesNotHaveDuplicates();
    assertThat(all).containsAll(sampled);
  }

  private static String inOrder(SortedSetView set, Map<String, Long> all) {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < set.size(); from++) {
      for (int count = 1; count < 4; count++) {
        set.range(from, count, false, (each, score) -> text.append(each.utf8()).append(score));
        set.range(from, count, true, (each, score) -> text.append(each.utf8()).append(score));
        text.append('|');
      }
    }
    all.keySet().forEach(each -> text.append(set.rank(Bytes.utf8(each))).append(' '));
    for (int score = 0; score < 6; score++) {
      text.append(set.below(score, true)).append(' ').append(set.below(score, false)).append(' ');
    }
    return text.toString();
  }

  @Test
  void membersOfOneScoreAreCountedWithoutThoseThatAreDue() {
    leads(tx -> {
      SortedSetView set = tx.sortedSetForUpdate(Key.of("zset"));
      for (int i = 0; i < 30; i++) {
        Bytes member = Bytes.utf8(String.format(Locale.ROOT, "m%02d", i));
        set.put(member, 0);
        if (i % 3 == 0) {
          set.expire(member, clock.wallMillis() + 1);
        }
      }
    });
    follow();
    clock.advance(1);
    follower.store.run(
        "zset",
        key -> {
          SortedSetView set = follower.store.tx().sortedSet(key);
          assertThat(set.size()).isEqualTo(20);
          assertThat(set.below(Bytes.utf8("m03"), true)).isEqualTo(2);
          assertThat(set.below(Bytes.utf8("m04"), false)).isEqualTo(2);
          assertThat(set.below(Bytes.utf8("m04"), true)).isEqualTo(3);
          assertThat(set.rank(Bytes.utf8("m04"))).isEqualTo(2);
          assertThat(set.rank(Bytes.utf8("m03"))).isEqualTo(-1);
        });
  }

  @Test
  void whoLeadsRemovesWhatIsDue() {
    leads(tx -> tx.putString(Key.of("k"), Bytes.utf8("v"), clock.wallMillis() + 10));
    follow();
    clock.advance(10);
    assertThat(follower.engine.expireDue()).isZero();
    follower.replica.lead(() -> follower.log.leads(true));
    assertThat(follower.engine.expireDue()).isEqualTo(1);
    assertThat(follower.log.uncommittedCount()).isEqualTo(1);
  }

  @Test
  void whoFollowsEvictsOnlyWhatTheTierHas() {
    for (int i = 0; i < 2_000; i++) {
      String name = "k" + i;
      leads(tx -> put(tx, name, "v".repeat(1_000)));
    }
    follower.engine.eviction().policy(EvictionPolicy.ALLKEYS_RANDOM);
    follower.engine.eviction().limit(1 << 20);
    follow(); // It passes the limit rather than fail.
    follower.engine.eviction().restore();
    assertThat(follower.engine.size(0)).isEqualTo(2_000);
    assertThat(follower.engine.count(Counter.EVICTED)).isZero();
    follower.engine.eviction().policy(EvictionPolicy.SPILL);
    follower.engine.checkpoint();
    follower.engine.eviction().restore();
    assertThat(follower.engine.count(Counter.SPILLED)).isPositive();
    assertThat(follower.engine.size(0)).isEqualTo(2_000);
  }

  @Test
  void whatTheTierHasNewerIsNotAppliedTwice() {
    SimulatedTier tier = (SimulatedTier) follower.tier;
    leads(tx -> push(tx, "first"));
    follow();
    follower.engine.checkpoint();
    leads(tx -> push(tx, "second"));
    leads(tx -> push(tx, "third"));
    follow();
    long flush = tier.steps() + 2; // The values are written, that the round has ended is not.
    tier.beforeStep(step -> {
      if (step >= flush) {
        throw new Fault.ReadOnly("No space left on device");
      }
    });
    assertThat(follower.engine.checkpoints().runNow()).isFalse();
    tier.beforeStep(_ -> {});
    for (boolean readFirst : new boolean[] {false, true}) {
      follower.rewind();
      if (readFirst) {
        assertThat(list(follower)).isEqualTo("first second third ");
      }
      follow();
      assertThat(list(follower)).isEqualTo("first second third ");
    }
    leads(tx -> push(tx, "fourth"));
    follow();
    assertThat(list(follower)).isEqualTo("first second third fourth ");
  }

  @Test
  void whatWasNeverCommittedIsForgotten() {
    leads(tx -> put(tx, "kept", "v"));
    leader.engine.checkpoint();
    leads(tx -> put(tx, "later", "v"));
    leader.log.leftAlone();
    Watcher watcher = new Watcher();
    leader.store.run("kept", key -> leader.store.tx().watch(watcher, key));
    change(
        leader,
        tx -> {
          put(tx, "kept", "w");
          put(tx, "more", "w");
        });
    change(leader, tx -> tx.all().flush(1));
    assertThat(leader.engine.checkpoints().runNow()).isFalse();
    leader.rewind();
    assertThat(leader.replica.follows()).isTrue();
    assertThat(get(leader, "kept")).isEqualTo("v");
    assertThat(get(leader, "more")).isNull();
    assertThat(get(leader, "later")).isNull();
    assertThat(leader.engine.size(0)).isEqualTo(1);
    leader.store.run("kept", _ -> assertThat(leader.store.tx().stands(watcher)).isFalse());
    leader.apply(Integer.MAX_VALUE);
    assertThat(get(leader, "later")).isEqualTo("v");
    follow();
    assertThat(follower.content()).isEqualTo(leader.content());
  }

  @Test
  void whatWasReadBeforeAStoreWasTakenBackIsNotPutIntoMemoryAfter() {
    WatchedTier watched = new WatchedTier(new SimulatedTier());
    Member member = Member.open(new Committed(), watched.tier(), clock, 1);
    member.lead();
    change(member, tx -> put(tx, "k", "old"));
    member.engine.checkpoint();
    assertThat(member.spill(0, "k")).isTrue();
    StoreDriver other = new StoreDriver(member.engine);
    watched.afterGet(() -> {
      watched.afterGet(() -> {});
      change(member, tx -> put(tx, "k", "new")); // In a transaction of another client.
      member.engine.checkpoint();
      member.rewind();
      other.run("k", key -> assertThat(other.tx().exists(key)).isTrue());
      assertThat(member.spill(other, 0, "k")).isTrue(); // As often as before the read.
    });
    assertThat(get(member, "k")).isEqualTo("new");
    other.close();
    member.abandon();
  }

  @Test
  void aFrameIsToldEvenIfItChangesNothing() {
    leads(tx -> push(tx, "first"));
    follow();
    follower.engine.checkpoint();
    leads(tx -> put(tx, "k", "v"));
    long before = follower.log.tail();
    List<Frame> frames = committed.from(before, 1);
    Frame unknown =
        new Frame(
            before, frames.getFirst().endLsn(), List.of(new Effect.Delete(77, Bytes.utf8("k"))));
    follower.replica.apply(List.of(unknown), follower.log::at);
    follower.log.applied();
    assertThat(follower.log.tail()).isEqualTo(unknown.endLsn());
  }

  @Test
  void aStoreInMemoryCannotFollow() {
    try (Engine engine = Engine.open(EngineOptions.defaults(1).withMaintenance(false))) {
      assertThatThrownBy(() -> new Replica(engine)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  // ---- the members ----

  private Member open(SimulatedTier tier) {
    return Member.open(committed, tier, clock, 1);
  }

  /// Changes something on the leader, which is committed.
  private void leads(Consumer<Tx> change) {
    change(leader, change);
    leader.log.commit(Integer.MAX_VALUE);
  }

  private static void change(Member member, Consumer<Tx> change) {
    Tx tx = member.engine.borrow();
    tx.begin(member.engine.clock().wallMillis(), 0);
    tx.lockAll();
    try {
      change.accept(tx);
    } finally {
      tx.end();
      member.engine.giveBack(tx);
    }
  }

  private void follow() {
    leader.log.commit(Integer.MAX_VALUE);
    follower.apply(Integer.MAX_VALUE);
  }

  private static void put(Tx tx, String key, String value) {
    tx.putString(Key.of(key), Bytes.utf8(value), Record.NO_EXPIRY);
  }

  private static void push(Tx tx, String element) {
    tx.listForUpdate(Key.of("list")).push(false, List.of(Bytes.utf8(element)));
  }

  private static String list(Member member) {
    return member.store.with(
        "list",
        key -> {
          StringBuilder text = new StringBuilder();
          ListView list = member.store.tx().list(key);
          list.forEach(0, list.size(), true, each -> text.append(each.utf8()).append(' '));
          return text.toString();
        });
  }

  private static String get(Member member, String name) {
    return member.store.with(
        name,
        key -> {
          Bytes value = member.store.tx().string(key);
          return value == null ? null : value.utf8();
        });
  }

  private static String field(Member member, String field) {
    return member.store.with(
        "h",
        key -> {
          Bytes value = member.store.tx().hash(key).get(Bytes.utf8(field));
          return value == null ? null : value.utf8();
        });
  }
}
