package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.NodeLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Lists beside [ArrayList]s, through all their forms: random changes of both, often while somebody
/// looks at the elements, and with too little memory in between; a comparison, the effects
/// replayed, the values serialised and read again; and no memory is left at the end.
class ListModelTest {
  private static final int KEYS = 5;
  private static final int STEPS = 12_000;
  private static final int[] LIMITS = {-2, -1, 3, 40, -2, 1};

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final LoggedStore store = new LoggedStore(seed, new ManualClock());
  private final Tx tx = store.tx;
  private final Map<String, List<String>> model = new HashMap<>();
  private int refused;

  @Test
  void listsAreLists() {
    System.out.println("ListModelTest seed " + seed);
    for (int i = 0; i < STEPS; i++) {
      if (i % 500 == 0) {
        compareAll();
        NodeLimit nodes = NodeLimit.of(LIMITS[random.nextInt(LIMITS.length)]);
        store.engine.encodings().listNodeLimit(nodes);
        store.feed();
        if (i % 1500 == 0) {
          store.starve((key, element) -> tx.listForUpdate(key).push(false, List.of(element)));
        }
      }
      step();
    }
    store.feed();
    compareAll();
    assertThat(refused).isPositive();
    store.replayed(copy ->
        model.forEach((name, expected) ->
            copy.run(
                name,
                key -> assertThat(elements(copy.tx().list(key))).as(name).isEqualTo(expected))));
    store.end(model.keySet());
  }

  private void step() {
    String name = "{k}" + random.nextInt(KEYS);
    List<String> expected = model.computeIfAbsent(name, _ -> new ArrayList<>());
    List<String> before = List.copyOf(expected);
    store.in(
        name,
        0,
        key -> {
          try {
            change(name, key, expected);
          } catch (Fault.OutOfMemory full) {
            refused++;
            expected.clear();
            expected.addAll(before);
            assertThat(elements(tx.list(key))).as("after too little memory").isEqualTo(before);
          }
        });
  }

  private void change(String name, Key key, List<String> expected) {
    ListView list = tx.listForUpdate(key);
    assertThat(list.size()).isEqualTo(expected.size());
    @Nullable Bytes seen = null;
    int index = expected.isEmpty() ? 0 : random.nextInt(expected.size());
    if (!expected.isEmpty() && random.nextInt(3) == 0) {
      seen = list.get(index);
      assertThat(seen.utf8()).isEqualTo(expected.get(index));
    }
    String seenText = seen == null ? "" : seen.utf8();
    switch (random.nextInt(expected.isEmpty() ? 4 : 16)) {
      case 0, 1, 2, 3 -> push(list, expected);
      case 4, 5 -> pop(list, expected);
      case 6 -> drop(list, expected);
      case 7 -> keep(list, expected);
      case 8, 9 -> {
        String text = element();
        list.insert(index, Bytes.utf8(text));
        expected.add(index, text);
      }
      case 10, 11 -> {
        String text = element();
        list.set(index, Bytes.utf8(text));
        expected.set(index, text);
      }
      case 12, 13 -> remove(list, expected);
      case 14 -> copy(key, name);
      default -> move(key, list, expected);
    }
    if (seen != null) {
      assertThat(seen.utf8()).as("what is looked at does not change").isEqualTo(seenText);
    }
  }

  private void push(ListView list, List<String> expected) {
    boolean atHead = random.nextBoolean();
    int count = random.nextInt(6) == 0 ? 1 + random.nextInt(300) : 1 + random.nextInt(3);
    List<Bytes> elements = new ArrayList<>();
    List<String> after = new ArrayList<>(expected);
    for (int i = 0; i < count; i++) {
      String text = element();
      elements.add(Bytes.utf8(text));
      after.add(atHead ? 0 : after.size(), text);
    }
    list.push(atHead, elements);
    expected.clear();
    expected.addAll(after);
  }

  private void pop(ListView list, List<String> expected) {
    boolean atHead = random.nextBoolean();
    Bytes popped = list.pop(atHead);
    assertThat(popped.utf8()).isEqualTo(atHead ? expected.removeFirst() : expected.removeLast());
  }

  private void drop(ListView list, List<String> expected) {
    boolean atHead = random.nextBoolean();
    int all = random.nextInt(20) == 0 ? expected.size() : 1 + expected.size() / 3;
    int count = 1 + random.nextInt(all);
    list.drop(atHead, count);
    int size = expected.size();
    (atHead ? expected.subList(0, count) : expected.subList(size - count, size)).clear();
  }

  private void keep(ListView list, List<String> expected) {
    int from = random.nextInt(1 + expected.size() / 8);
    int count = expected.size() - from - random.nextInt(1 + (expected.size() - from) / 4);
    if (count == expected.size() || count == 0) {
      return;
    }
    list.keep(from, count);
    List<String> kept = List.copyOf(expected.subList(from, from + count));
    expected.clear();
    expected.addAll(kept);
  }

  private void remove(ListView list, List<String> expected) {
    String text =
        random.nextInt(4) == 0 ? element() : expected.get(random.nextInt(expected.size()));
    boolean fromHead = random.nextBoolean();
    int max = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
    int removed = list.removeEqual(fromHead, max, Bytes.utf8(text));
    List<String> after = new ArrayList<>(fromHead ? expected : expected.reversed());
    int left = max;
    for (int i = 0; i < after.size() && left > 0; ) {
      if (after.get(i).equals(text)) {
        after.remove(i);
        left--;
      } else {
        i++;
      }
    }
    assertThat(removed).isEqualTo(max - left);
    expected.clear();
    expected.addAll(fromHead ? after : after.reversed());
  }

  /// Copies the key to another one or, serialised, onto itself.
  private void copy(Key key, String name) {
    Values.@Nullable Serialised value = tx.values().dump(key);
    if (value != null && random.nextBoolean()) {
      tx.values().restore(key, value.type(), value.body(), Record.NO_EXPIRY);
    } else if (value != null) {
      tx.values().copy(key, Key.of(name), 1);
    }
  }

  private void move(Key key, ListView list, List<String> expected) {
    boolean fromHead = random.nextBoolean();
    boolean toHead = random.nextBoolean();
    boolean same = random.nextInt(3) == 0;
    String other = "{k}" + random.nextInt(KEYS);
    boolean toSelf = same || Key.of(other).bytes().equals(key.bytes());
    List<String> target = toSelf ? expected : model.computeIfAbsent(other, _ -> new ArrayList<>());
    ListView targetList = toSelf ? list : tx.listForUpdate(Key.of(other));
    int all = random.nextInt(10) == 0 ? expected.size() : 1 + expected.size() / 4;
    int count = 1 + random.nextInt(all);
    int size = expected.size();
    List<String> block =
        new ArrayList<>(
            fromHead ? expected.subList(0, count) : expected.subList(size - count, size));
    if (!fromHead) {
      Collections.reverse(block);
    }
    list.move(fromHead, targetList, toHead, block.stream().map(Bytes::utf8).toList());
    (fromHead ? expected.subList(0, count) : expected.subList(size - count, size)).clear();
    block.forEach(text -> target.add(toHead ? 0 : target.size(), text));
  }

  private void compareAll() {
    model.forEach((name, expected) -> store.in(name, 0, key -> compare(tx.list(key), expected)));
  }

  private void compare(ListView list, List<String> expected) {
    assertThat(elements(list)).isEqualTo(expected);
    assertThat(list.exists()).isEqualTo(!expected.isEmpty());
    if (expected.isEmpty()) {
      return;
    }
    int index = random.nextInt(expected.size());
    assertThat(list.get(index).utf8()).isEqualTo(expected.get(index));
    List<String> backwards = new ArrayList<>();
    list.forEach(index, index + 1, false, each -> backwards.add(each.utf8()));
    assertThat(backwards).isEqualTo(expected.subList(0, index + 1).reversed());
    String wanted = expected.get(index);
    List<Integer> found = new ArrayList<>();
    list.find(Bytes.utf8(wanted), false, Long.MAX_VALUE, found::add);
    List<Integer> all = new ArrayList<>();
    for (int i = expected.size() - 1; i >= 0; i--) {
      if (expected.get(i).equals(wanted)) {
        all.add(i);
      }
    }
    assertThat(found).isEqualTo(all);
  }

  private static List<String> elements(ListView list) {
    List<String> elements = new ArrayList<>();
    list.forEach(0, list.size(), true, each -> elements.add(each.utf8()));
    return elements;
  }

  /// Few different ones, of all encodings, now and then larger than a node.
  private String element() {
    int kind = random.nextInt(200);
    if (kind == 0) {
      return "y".repeat(8_000 + random.nextInt(3_000)) + random.nextInt(3);
    }
    if (kind < 10) {
      return "x".repeat(random.nextInt(2_000));
    }
    if (kind < 100) {
      return Integer.toString(random.nextInt(30));
    }
    return kind < 120
        ? Long.toString(random.nextLong() >> random.nextInt(64))
        : "element" + random.nextInt(40);
  }
}
