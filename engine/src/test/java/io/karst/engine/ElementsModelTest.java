package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Hashes and sets beside plain maps, through all their forms: random changes of both, a
/// comparison, the effects replayed, the values serialised and read again; and no memory is left
/// at the end.
class ElementsModelTest {
  private static final int KEYS = 6;
  private static final int STEPS = 10_000;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ManualClock clock = new ManualClock();
  private final LoggedStore store = new LoggedStore(seed, clock);
  private final Tx tx = store.tx;

  /// By key, then by element: value and expiry.
  private final Map<String, Map<String, Value>> model = new HashMap<>();

  private record Value(String text, long expiry) {}

  @Test
  void hashesAndSetsAreMapsWithExpiry() {
    System.out.println("ElementsModelTest seed " + seed);
    for (int i = 0; i < STEPS; i++) {
      step();
      if (i % 200 == 0) {
        compareAll();
      }
    }
    compareAll();
    replayed();
    List<String> names = new ArrayList<>(model.keySet());
    model.keySet().forEach(name -> names.add(copyOf(name)));
    store.end(names);
  }

  private static String copyOf(String name) {
    return "{" + name + "}copy";
  }

  private void step() {
    clock.advance(random.nextInt(20));
    String name = (random.nextBoolean() ? "hash" : "set") + random.nextInt(KEYS);
    boolean isHash = name.startsWith("hash");
    Map<String, Value> expected = model.computeIfAbsent(name, _ -> new TreeMap<>());
    expected.values().removeIf(value -> value.expiry >= 0 && value.expiry <= clock.wallMillis());
    String element = element(isHash);
    store.in(
        name,
        0,
        key -> {
          Elements elements = isHash ? tx.hashForUpdate(key) : tx.setForUpdate(key);
          assertThat(elements.size()).isEqualTo(expected.size());
          switch (random.nextInt(12)) {
            case 0, 1 -> {
              assertThat(elements.remove(bytes(element)))
                  .isEqualTo(expected.remove(element) != null);
            }
            case 2 -> expire(elements, element, expected);
            case 3 -> {
              if (random.nextInt(40) == 0) {
                tx.delete(key);
                expected.clear();
              }
            }
            case 4 -> copy(key, name);
            case 5 -> {
              if (random.nextInt(4) == 0) {
                putMany(elements, expected);
              }
            }
            case 6 -> {
              if (random.nextInt(8) == 0 && elements instanceof SetView set) {
                popMany(set, expected);
              } else {
                expireMany(elements, expected);
              }
            }
            default -> put(elements, element, expected);
          }
        });
  }

  private void put(Elements elements, String element, Map<String, Value> expected) {
    boolean isNew = !expected.containsKey(element);
    switch (elements) {
      case HashView hash -> {
        String value = text(random.nextInt(30) == 0 ? 100 : 12);
        boolean keeps = random.nextInt(4) == 0;
        boolean expires = !keeps && random.nextInt(60) == 0;
        long at =
            keeps ? Tx.KEEP_EXPIRY : expires ? clock.wallMillis() + 1 + random.nextInt(3000) : -1;
        assertThat(hash.put(bytes(element), bytes(value), at)).isEqualTo(isNew);
        Value before = expected.get(element);
        long expiry = keeps ? (before == null ? Record.NO_EXPIRY : before.expiry) : at;
        expected.put(element, new Value(value, expiry));
      }
      case SetView set -> {
        assertThat(set.add(bytes(element))).isEqualTo(isNew);
        expected.putIfAbsent(element, new Value("", Record.NO_EXPIRY));
      }
      case SortedSetView _ -> throw new AssertionError("see SortedSetModelTest");
    }
  }

  private void putMany(Elements elements, Map<String, Value> expected) {
    Names batch = new Names(new ArrayList<>(), new ArrayList<>());
    for (int left = 1 + random.nextInt(60); left > 0; left--) {
      batch.elements.add(element(elements instanceof HashView));
      batch.values.add(text(random.nextInt(200) == 0 ? 100 : 12));
    }
    int before = expected.size();
    boolean keeps = random.nextInt(4) == 0;
    boolean expires = !keeps && random.nextInt(10) == 0;
    long at = keeps ? Tx.KEEP_EXPIRY : expires ? clock.wallMillis() + 1 + random.nextInt(3000) : -1;
    for (int i = 0; i < batch.count(); i++) {
      Value old = expected.get(batch.elements.get(i));
      if (elements instanceof HashView) {
        long expiry = keeps ? (old == null ? Record.NO_EXPIRY : old.expiry) : at;
        expected.put(batch.elements.get(i), new Value(batch.values.get(i), expiry));
      } else {
        expected.putIfAbsent(batch.elements.get(i), new Value("", Record.NO_EXPIRY));
      }
    }
    int added =
        elements instanceof HashView hash
            ? hash.putAll(batch, at)
            : ((SetView) elements).addAll(batch);
    assertThat(added).isEqualTo(expected.size() - before);
  }

  private void popMany(SetView set, Map<String, Value> expected) {
    if (set.size() > 1) {
      int count = 1 + random.nextInt(Math.min(set.size() - 1, 40));
      List<String> popped = new ArrayList<>();
      set.popEach(random, count, member -> popped.add(member.utf8()));
      assertThat(popped).hasSize(count).doesNotHaveDuplicates();
      assertThat(expected.keySet()).containsAll(popped);
      popped.forEach(expected::remove);
    }
  }

  private void expireMany(Elements elements, Map<String, Value> expected) {
    List<String> names = new ArrayList<>();
    int wanted = Math.min(elements.size(), random.nextInt(5));
    elements.sample(random, wanted, (element, value) -> names.add(element.utf8()));
    assertThat(names).hasSize(wanted).doesNotHaveDuplicates();
    if (random.nextInt(4) > 0) {
      return;
    }
    long at =
        random.nextInt(3) == 0 ? Record.NO_EXPIRY : clock.wallMillis() + random.nextInt(2000) - 100;
    Names batch = new Names(names, names);
    try (ElementExpiry expiry = elements.expiring(batch, at)) {
      for (int i = 0; i < names.size(); i++) {
        expiry.apply(i);
        Value value = expected.remove(names.get(i));
        if (at < 0 || at > clock.wallMillis()) {
          expected.put(names.get(i), new Value(value.text, at));
        }
      }
    }
  }

  private record Names(List<String> elements, List<String> values) implements ElementBatch {
    @Override
    public int count() {
      return elements.size();
    }

    @Override
    public Bytes element(int index) {
      return bytes(elements.get(index));
    }

    @Override
    public Bytes value(int index) {
      return bytes(values.get(index));
    }
  }

  private void expire(Elements elements, String element, Map<String, Value> expected) {
    Value value = expected.get(element);
    if (value == null || random.nextInt(4) > 0) {
      assertThat(elements.expiry(bytes(element)))
          .isEqualTo(value == null ? Record.ABSENT : value.expiry);
      return;
    }
    long at = random.nextInt(3) == 0 ? Record.NO_EXPIRY : clock.wallMillis() + random.nextInt(2000);
    elements.expire(bytes(element), at);
    if (at >= 0 && at <= clock.wallMillis()) {
      expected.remove(element);
    } else {
      expected.put(element, new Value(value.text, at));
    }
  }

  /// Copies the key to another one and, serialised, onto itself.
  private void copy(Key key, String name) {
    Values.@Nullable Serialised value = tx.values().dump(key);
    if (value != null && random.nextInt(10) == 0) {
      tx.values().restore(key, value.type(), value.body(), Record.NO_EXPIRY);
    } else if (value != null && random.nextInt(10) == 0) {
      tx.values().copy(key, Key.of(copyOf(name)), 1);
    }
  }

  private void compareAll() {
    model.forEach((name, expected) -> {
      expected.values().removeIf(value -> value.expiry >= 0 && value.expiry <= clock.wallMillis());
      store.in(
          name,
          0,
          key -> {
            assertThat(state(name, key)).isEqualTo(expected);
            if (!expected.isEmpty()) {
              assertThat(scanned(name, key)).containsExactlyInAnyOrderElementsOf(expected.keySet());
              Elements elements = elements(tx, name, key);
              assertThat(expected).containsKey(drawn(elements, random));
            }
          });
    });
  }

  private static String drawn(Elements elements, RandomGenerator random) {
    return elements.random(random).utf8();
  }

  private List<String> scanned(String name, Key key) {
    Elements elements = elements(tx, name, key);
    List<String> all = new ArrayList<>();
    long cursor = 0;
    do {
      cursor = elements.scan(cursor, 7, (element, value) -> all.add(element.utf8()));
    } while (cursor != 0);
    return all;
  }

  private Map<String, Value> state(String name, Key key) {
    Elements elements = elements(tx, name, key);
    Map<String, Value> state = content(elements);
    for (String element : state.keySet()) {
      assertThat(elements.contains(bytes(element))).isTrue();
      if (elements instanceof HashView hash) {
        assertThat(hash.get(bytes(element))).isEqualTo(bytes(state.get(element).text));
        assertThat(hash.valueLength(bytes(element))).isEqualTo(state.get(element).text.length());
      }
    }
    return state;
  }

  /// The effects alone make the same of an empty store.
  private void replayed() {
    Map<String, Map<String, Value>> now = new TreeMap<>();
    model.keySet().forEach(name -> store.in(name, 0, key -> now.put(name, state(name, key))));
    store.replayed(copy ->
        now.forEach((name, expected) ->
            copy.run(
                name,
                key ->
                    assertThat(content(elements(copy.tx(), name, key)))
                        .as(name)
                        .isEqualTo(expected))));
  }

  private static Elements elements(Tx tx, String name, Key key) {
    return name.startsWith("hash") ? tx.hash(key) : tx.set(key);
  }

  private static Map<String, Value> content(Elements elements) {
    Map<String, Value> content = new TreeMap<>();
    elements.forEach((element, value) ->
        content.put(element.utf8(), new Value(value.utf8(), elements.expiry(element))));
    return content;
  }

  /// Elements that make small sets of numbers, lists of strings, and tables.
  private String element(boolean isHash) {
    int kind = random.nextInt(100);
    if (kind < 50) {
      return Integer.toString(random.nextInt(isHash ? 300 : 700));
    }
    if (kind < 60) {
      return Long.toString(random.nextLong() >> random.nextInt(64));
    }
    return kind < 98 ? "element" + random.nextInt(300) : text(80);
  }

  private String text(int length) {
    return "x".repeat(random.nextInt(length + 1)) + random.nextInt(10);
  }

  private static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }
}
