package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Sorted sets beside plain lists, packed and as tables with an index: random changes of both,
/// every question there is, the effects replayed, values serialised and read again, memory
/// compacted meanwhile, and none left at the end.
class SortedSetModelTest {
  private static final int KEYS = 4;
  private static final int STEPS = 8_000;
  private static final Comparator<Member> ORDER =
      Comparator.comparingDouble((Member member) -> member.score + 0.0)
          .thenComparing(member -> Bytes.utf8(member.name));

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final LoggedStore store = new LoggedStore(seed, new ManualClock());
  private final Tx tx = store.tx;
  private final Map<String, Map<String, Double>> model = new HashMap<>();

  private record Member(String name, double score) {}

  @Test
  void isAnOrderedMap() {
    System.out.println("SortedSetModelTest seed " + seed);
    for (int i = 0; i < STEPS; i++) {
      String name = "set" + random.nextInt(KEYS);
      store.in(name, 0, key -> step(key, model.computeIfAbsent(name, _ -> new HashMap<>())));
      if (i % 100 == 0) {
        model.forEach(
            (each, expected) -> store.in(each, 0, key -> compare(tx.sortedSet(key), expected)));
      }
      if (i % 1000 == 0) {
        store.engine.compact();
      }
    }
    store.replayed(copy ->
        model.forEach((name, expected) ->
            copy.run(name, key -> compare(copy.tx().sortedSet(key), expected))));
    store.end(model.keySet());
  }

  private void step(Key key, Map<String, Double> expected) {
    SortedSetView set = tx.sortedSetForUpdate(key);
    String member = member();
    switch (random.nextInt(10)) {
      case 0, 1, 2 ->
          assertThat(set.remove(Bytes.utf8(member))).isEqualTo(expected.remove(member) != null);
      case 3 -> {
        if (random.nextInt(60) == 0) {
          tx.delete(key);
          expected.clear();
        }
      }
      case 4 -> restore(key);
      case 5 -> take(set, expected);
      default -> {
        double score = score();
        assertThat(set.put(Bytes.utf8(member), score)).isEqualTo(!expected.containsKey(member));
        expected.put(member, score);
      }
    }
  }

  private void take(SortedSetView set, Map<String, Double> expected) {
    if (!expected.isEmpty()) {
      int rank = random.nextInt(expected.size());
      List<Member> wanted = range(set, rank, 1, false);
      List<Member> taken = new ArrayList<>();
      set.take(rank, (name, score) -> taken.add(new Member(name.utf8(), score)));
      assertThat(taken).isEqualTo(wanted);
      expected.remove(taken.getFirst().name);
    }
  }

  private void restore(Key key) {
    Values.Serialised value = tx.values().dump(key);
    if (value != null && random.nextInt(20) == 0) {
      tx.values().restore(key, value.type(), value.body(), Record.NO_EXPIRY);
    }
  }

  private void compare(SortedSetView set, Map<String, Double> expected) {
    List<Member> sorted = new ArrayList<>();
    expected.forEach((name, score) -> sorted.add(new Member(name, score)));
    sorted.sort(ORDER);
    int size = sorted.size();
    assertThat(set.size()).isEqualTo(size);
    assertThat(range(set, 0, Long.MAX_VALUE, false)).isEqualTo(sorted);
    if (size == 0) {
      return;
    }
    int from = random.nextInt(size);
    int count = random.nextInt(size) + 1;
    assertThat(range(set, from, count, false))
        .isEqualTo(sorted.subList(from, Math.min(size, from + count)));
    List<Member> back = sorted.subList(Math.max(0, from + 1 - count), from + 1);
    assertThat(range(set, from, count, true)).isEqualTo(back.reversed());
    Member member = sorted.get(random.nextInt(size));
    Bytes name = Bytes.utf8(member.name);
    assertThat(set.rank(name)).isEqualTo(sorted.indexOf(member));
    assertThat(set.score(name)).isEqualTo(member.score);
    double bound = random.nextBoolean() ? member.score : score();
    assertThat(set.below(bound, false))
        .isEqualTo(sorted.stream().filter(each -> each.score < bound).count());
    assertThat(set.below(bound, true))
        .isEqualTo(sorted.stream().filter(each -> each.score <= bound).count());
    set.random(random, (drawn, score) -> assertThat(expected).containsKey(drawn.utf8()));
    assertThat(set.score(Bytes.utf8("no such member"))).isNaN();
    assertThat(set.rank(Bytes.utf8("no such member"))).isEqualTo(-1);
  }

  private static List<Member> range(SortedSetView set, long from, long count, boolean reverse) {
    List<Member> members = new ArrayList<>();
    set.range(from, count, reverse, (name, score) -> members.add(new Member(name.utf8(), score)));
    return members;
  }

  private String member() {
    return random.nextInt(50) == 0
        ? "x".repeat(65 + random.nextInt(3))
        : random.nextInt(3) > 0 ? "member" + random.nextInt(200) : "" + random.nextInt(100);
  }

  private double score() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextGaussian();
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> random.nextLong();
      default -> random.nextInt(40) - 20;
    };
  }
}
