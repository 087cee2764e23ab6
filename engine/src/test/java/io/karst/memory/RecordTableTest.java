package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordTableTest {
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Allocator allocator = Allocator.open(Long.MAX_VALUE);
  private final Magazine magazine = allocator.magazine();
  private final Hasher hasher = new Hasher(random.nextLong(), random.nextLong());
  private final RecordTable table = new RecordTable(hasher);
  private final Map<String, Long> model = new HashMap<>();

  RecordTableTest() {
    System.out.println("RecordTableTest seed " + seed);
  }

  @AfterEach
  void everythingIsGivenBack() {
    table.clear(magazine, record -> Record.free(magazine, record));
    assertThat(allocator.liveBytes()).isZero();
    magazine.close();
    allocator.close();
  }

  @Test
  void randomHistoriesMatchAModel() {
    for (int step = 0; step < 60_000; step++) {
      String key = "key" + random.nextInt(step < 30_000 ? 20_000 : 200);
      switch (random.nextInt(5)) {
        case 0, 1, 2 -> put(key, random.nextBoolean() ? Record.NO_EXPIRY : random.nextInt(1000));
        case 3 -> delete(key);
        default -> assertThat(find(key) != Record.NONE).isEqualTo(model.containsKey(key));
      }
    }
    assertSame();
  }

  @Test
  void growsThroughIncrementalResizesAndShrinksBack() {
    for (int i = 0; i < 60_000; i++) {
      put("k" + i, Record.NO_EXPIRY);
      if (i % 977 == 0) {
        assertThat(find("k" + random.nextInt(i + 1))).isNotEqualTo(Record.NONE);
      }
    }
    assertSame();
    long large = table.overhead();
    for (int i = 0; i < 59_990; i++) {
      delete("k" + i);
    }
    assertSame();
    assertThat(table.overhead()).isLessThan(large / 100);
  }

  @Test
  void wordsAreFoundWhoseHomeIsFartherAwayThanTheirTagTells() {
    for (int i = 0; i < 4_000; i++) {
      put("spread" + i, Record.NO_EXPIRY);
    }
    long home = hasher.hash(Bytes.utf8("crowd")) >>> 51;
    List<String> crowd = new ArrayList<>();
    for (int i = 0; crowd.size() < 600; i++) {
      String key = "crowd" + i;
      if (hasher.hash(Bytes.utf8(key)) >>> 51 == home) {
        put(key, Record.NO_EXPIRY);
        crowd.add(key);
      }
    }
    assertThat(table.overhead()).isEqualTo(8L << 13);
    for (int i = 0; i < crowd.size(); i += 2) {
      delete(crowd.get(i));
    }
    assertSame();
    for (int i = 0; i < 9_000; i++) {
      put("more" + i, Record.NO_EXPIRY);
    }
    assertSame();
    model.keySet().forEach(key -> assertThat(find(key)).isNotEqualTo(Record.NONE));
  }

  @Test
  void aScanShowsWhatStaysWhateverIsAddedAndRemovedMeanwhile() {
    for (int round = 0; round < 40; round++) {
      int staying = 1 + random.nextInt(round < 5 ? 9_000 : 300);
      for (int i = 0; i < staying; i++) {
        put("stays" + i, Record.NO_EXPIRY);
      }
      Set<String> seen = new HashSet<>();
      int passing = 0;
      int bound = random.nextInt(20_000);
      long cursor = 0;
      do {
        cursor = table.scan(cursor, 10, record -> seen.add(Record.key(record).utf8()));
        for (int i = 0; i < 40; i++) {
          if (random.nextInt(bound + 1) > passing / 2) {
            put("passes" + passing++, Record.NO_EXPIRY);
          } else {
            delete("passes" + random.nextInt(passing + 1));
          }
        }
      } while (cursor != 0);
      for (int i = 0; i < staying; i++) {
        assertThat(seen).as("round %d", round).contains("stays" + i);
      }
      table.clear(magazine, record -> Record.free(magazine, record));
      model.clear();
    }
  }

  @Test
  void aScanOfATableThatDoesNotChangeShowsEachRecordOnce() {
    for (int i = 0; i < 7_000; i++) {
      put("k" + i, Record.NO_EXPIRY);
    }
    List<String> seen = new ArrayList<>();
    long cursor = 0;
    do {
      cursor = table.scan(cursor, 1 + random.nextInt(50), r -> seen.add(Record.key(r).utf8()));
    } while (cursor != 0);
    assertThat(seen).hasSize(7_000).doesNotHaveDuplicates();
  }

  @Test
  void anyCursorIsSafe() {
    put("a", Record.NO_EXPIRY);
    for (int i = 0; i < 1_000; i++) {
      table.scan(random.nextLong(1L << RecordTable.CURSOR_BITS), 1, record -> {});
    }
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void whatIsDueIsFoundAndNothingElse() {
    for (int round = 0; round < 50; round++) {
      int count = random.nextInt(2_000);
      for (int i = 0; i < count; i++) {
        put("k" + i, random.nextInt(3) == 0 ? Record.NO_EXPIRY : random.nextInt(1_000));
        if (random.nextInt(4) == 0) {
          delete("k" + random.nextInt(i + 1));
        }
      }
      for (long now = 0; now <= 1_000; now += 1 + random.nextInt(200)) {
        removeDue(now);
        long limit = now;
        assertThat(model.values()).allMatch(e -> e == Record.NO_EXPIRY || e > limit);
        assertSame();
      }
    }
  }

  @Test
  void theEarliestExpiryIsALowerBound() {
    put("a", 500);
    put("b", 300);
    assertThat(table.earliestExpiry()).isEqualTo(300);
    delete("b");
    assertThat(table.earliestExpiry()).isLessThanOrEqualTo(500);
    removeDue(400);
    assertThat(table.earliestExpiry()).isEqualTo(500);
    assertThat(table.expiring()).isEqualTo(1);
  }

  @Test
  void randomDrawsAreUniform() {
    int keys = 20;
    for (int i = 0; i < keys; i++) {
      put("k" + i, Record.NO_EXPIRY);
    }
    int draws = 100_000;
    Map<String, Integer> drawn = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      drawn.merge(Record.key(table.random(random)).utf8(), 1, Integer::sum);
    }
    assertThat(drawn).hasSize(keys);
    assertThat(drawn.values()).allMatch(n -> Math.abs(n - draws / keys) < draws / keys / 5);
  }

  private void removeDue(long now) {
    long[] due = new long[1 + random.nextInt(64)];
    int found;
    do {
      found = table.collectDue(now, due);
      for (int i = 0; i < found; i++) {
        String key = Record.key(due[i]).utf8();
        assertThat(model.get(key)).isNotNull().isBetween(0L, now);
        delete(key);
      }
    } while (found == due.length);
  }

  private void put(String key, long expiry) {
    Bytes bytes = Bytes.utf8(key);
    long hash = hasher.hash(bytes);
    long old = table.find(hash, bytes);
    long fresh = Record.create(magazine, bytes, 0, 5, expiry, 0);
    if (old == Record.NONE) {
      table.add(magazine, hash, fresh);
    } else {
      table.replace(magazine, hash, old, fresh);
      Record.free(magazine, old);
    }
    model.put(key, expiry);
  }

  private void delete(String key) {
    Bytes bytes = Bytes.utf8(key);
    long hash = hasher.hash(bytes);
    long old = table.find(hash, bytes);
    assertThat(old != Record.NONE).isEqualTo(model.remove(key) != null);
    if (old != Record.NONE) {
      table.remove(magazine, hash, old);
      Record.free(magazine, old);
    }
  }

  private long find(String key) {
    Bytes bytes = Bytes.utf8(key);
    return table.find(hasher.hash(bytes), bytes);
  }

  private void assertSame() {
    Map<String, Long> actual = new HashMap<>();
    table.forEach(record ->
        assertThat(actual.put(Record.key(record).utf8(), Record.expiry(record))).isNull());
    assertThat(actual).isEqualTo(model);
    assertThat(table.size()).isEqualTo(model.size());
    assertThat(table.expiring())
        .isEqualTo((int) model.values().stream().filter(e -> e != Record.NO_EXPIRY).count());
  }
}
