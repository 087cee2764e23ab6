package io.karst.eviction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Allocator;
import io.karst.memory.Hasher;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotDrawTest {
  private static final int SAMPLE = 5;

  private final RandomGenerator random = new SplittableRandom(42);
  private final Allocator allocator = Allocator.open(Long.MAX_VALUE);
  private final Magazine magazine = allocator.magazine();
  private final Keyspace keyspace = new Keyspace(4, new Hasher(1, 2), false);

  @AfterEach
  void close() {
    magazine.close();
    allocator.close();
  }

  @Test
  void withoutKeysThereIsNothingToDraw() {
    assertThat(new SlotDraw(keyspace, false, SAMPLE).isEmpty()).isTrue();
    add(0, "k", Record.NO_EXPIRY);
    assertThat(new SlotDraw(keyspace, false, SAMPLE).isEmpty()).isFalse();
    assertThat(new SlotDraw(keyspace, true, SAMPLE).isEmpty()).isTrue();
  }

  /// Hash tags put ten thousand keys in one slot, the others are alone or a few, in two databases.
  @Test
  void everyKeyIsInASampleWithTheSameChance() {
    for (int i = 0; i < 10_000; i++) {
      add(0, "{big}" + i, Record.NO_EXPIRY);
    }
    for (int i = 0; i < 400; i++) {
      add(0, "single" + i, Record.NO_EXPIRY);
      add(2, "{few" + i % 40 + "}" + i, Record.NO_EXPIRY);
    }
    SlotDraw draw = new SlotDraw(keyspace, false, SAMPLE);
    Map<Long, Integer> seen = new HashMap<>();
    long[] found = new long[SAMPLE + RecordTable.SAMPLE_EXCESS];
    int draws = 400_000;
    for (int i = 0; i < draws; i++) {
      long place = draw.draw(random);
      RecordTable table = keyspace.database(SlotDraw.database(place)).table(SlotDraw.slot(place));
      int count = table.sample(random, false, found, SAMPLE);
      for (int k = 0; k < count; k++) {
        seen.merge(found[k], 1, Integer::sum);
      }
    }
    assertThat(seen).hasSize(10_800);
    double big = mean(seen, "{big}");
    double single = mean(seen, "single");
    double few = mean(seen, "{few");
    assertThat(single).isCloseTo(big, within(big * 0.2));
    assertThat(few).isCloseTo(big, within(big * 0.2));
  }

  @Test
  void onlySlotsWithKeysThatExpireAreDrawnIfOnlyThoseCount() {
    for (int i = 0; i < 5_000; i++) {
      add(1, "stays" + i, Record.NO_EXPIRY);
    }
    Key goes = add(1, "goes", 1);
    SlotDraw draw = new SlotDraw(keyspace, true, SAMPLE);
    for (int i = 0; i < 100; i++) {
      long place = draw.draw(random);
      assertThat(SlotDraw.database(place)).isEqualTo(1);
      assertThat(SlotDraw.slot(place)).isEqualTo(goes.slot());
    }
  }

  @Test
  void keysThatWentMeanwhileAreNowhere() {
    Key key = add(0, "k", Record.NO_EXPIRY);
    SlotDraw draw = new SlotDraw(keyspace, false, SAMPLE);
    keyspace.database(0).remove(magazine, key, keyspace.database(0).find(key));
    assertThat(draw.draw(random)).isEqualTo(SlotDraw.NOWHERE);
    keyspace.detach(0, 9);
    assertThat(draw.draw(random)).isEqualTo(SlotDraw.NOWHERE);
  }

  private static double mean(Map<Long, Integer> seen, String prefix) {
    return seen.entrySet().stream()
        .filter(entry -> Record.key(entry.getKey()).utf8().startsWith(prefix))
        .mapToInt(Map.Entry::getValue)
        .average()
        .orElse(0);
  }

  private Key add(int database, String name, long expiryMillis) {
    Key key = Key.of(name);
    key.hash(keyspace.hasher());
    long record = Record.create(magazine, Bytes.utf8(name), 0, 0, expiryMillis, 0);
    keyspace.database(database).add(magazine, key, record);
    return key;
  }
}
