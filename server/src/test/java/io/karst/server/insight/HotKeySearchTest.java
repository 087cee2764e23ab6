package io.karst.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.commands.Args;
import io.karst.commands.CommandTable;
import io.karst.keyspace.Key;
import io.karst.server.insight.HotKeySearch.Cost;
import io.karst.server.insight.HotKeySearch.HotKey;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HotKeySearchTest {
  private final CommandTable commands = CommandTable.load();
  private HotKeySearch search = search(1, null);
  private HotKeySketch sketch = search.newSketch();

  private static HotKeySearch search(int ratio, BitSet slots) {
    return new HotKeySearch(new HotKeyOptions(true, true, 3, 0, ratio, slots), Clock.system());
  }

  private void run(long micros, String... words) {
    Args args = Args.of(words);
    sketch.ran(commands.find(args), true, args, micros * 1000, 0);
  }

  @Test
  void costsAddUpOverWorkers() {
    run(5, "GET", "a");
    run(7, "GET", "a");
    run(20, "GET", "b");
    sketch = search.newSketch();
    run(10, "GET", "a");
    assertThat(search.byTime()).containsExactly(hot("a", 22, 3 * 4), hot("b", 20, 4));
    assertThat(search.byTraffic()).containsExactly(hot("a", 22, 3 * 4), hot("b", 20, 4));
    assertThat(search.totals().all()).isEqualTo(new Cost(42, 16));
  }

  @Test
  void severalKeysShareWhatTheirCommandCosts() {
    run(12, "MGET", "a", "b", "c");
    assertThat(search.byTime()).extracting(key -> key.cost().micros()).containsExactly(4L, 4L, 4L);
  }

  @Test
  void onlySelectedSlotsCount() {
    BitSet slots = new BitSet();
    slots.set(Key.of("a").slot());
    search = search(1, slots);
    sketch = search.newSketch();
    run(5, "GET", "a");
    run(6, "GET", "b");
    assertThat(search.byTime()).containsExactly(hot("a", 5, 4));
    assertThat(search.totals().all().micros()).isEqualTo(11);
    assertThat(search.totals().selected().micros()).isEqualTo(5);
  }

  @Test
  void ofManyCommandsSomeAreLookedAt() {
    search = search(10, null);
    sketch = search.newSketch();
    for (int i = 0; i < 10_000; i++) {
      run(1, "GET", "a");
    }
    long sampled = search.totals().sampled().micros();
    assertThat(sampled).isBetween(500L, 1500L);
    assertThat(search.byTime().getFirst().cost().micros()).isEqualTo(sampled);
  }

  @Test
  void theHottestAreFoundAmongMoreKeysThanAreKept() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      run(1, "GET", "cold:" + random.nextInt(100_000));
      if (i % 10 == 0) {
        run(1, "GET", "hot:" + i % 30);
      }
    }
    List<String> found = search.byTime().stream().map(key -> key.key().utf8()).toList();
    assertThat(found).containsExactlyInAnyOrder("hot:0", "hot:10", "hot:20");
    assertThat(search.byTime().getLast().cost().micros()).isGreaterThan(6000);
  }

  private static HotKey hot(String key, long micros, long size) {
    return new HotKey(Bytes.utf8(key), new Cost(micros, size));
  }
}
