package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.history.KeptLog;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A plain map beside the engine, random histories over both, and the replayed history at the end.
class EngineModelTest {
  private static final int DATABASES = 3;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ManualClock clock = new ManualClock();
  private final KeptLog log = new KeptLog();
  private final EngineOptions options =
      EngineOptions.defaults(seed).withDatabases(DATABASES).withClock(clock).withMaintenance(false);
  private final Engine engine = Engine.open(options.withLog(log));
  private final StoreDriver store = new StoreDriver(engine);
  private final Tx tx = store.tx();
  private final List<Map<String, Value>> model = new ArrayList<>();

  private record Value(Bytes bytes, long expiry) {}

  EngineModelTest() {
    System.out.println("EngineModelTest seed " + seed);
    for (int i = 0; i < DATABASES; i++) {
      model.add(new TreeMap<>());
    }
  }

  @AfterEach
  void close() {
    store.close();
    engine.close();
  }

  @Test
  void randomHistoriesMatchAModelAndReplayToTheSameState() {
    for (int step = 0; step < 40_000; step++) {
      step();
      if (step % 4_000 == 0) {
        assertSame(engine, store);
      }
    }
    assertSame(engine, store);
    Engine replayed = Engine.open(options);
    try (StoreDriver other = new StoreDriver(replayed)) {
      Replay replay = new Replay(other.tx());
      log.effects().forEach(replay::apply);
      replayed.expireDue();
      assertSame(replayed, other);
    } finally {
      replayed.close();
    }
  }

  private void step() {
    String name = (random.nextInt(4) == 0 ? "{tag}" : "") + "key" + random.nextInt(400);
    int database = random.nextInt(DATABASES);
    Map<String, Value> data = model.get(database);
    dropDue();
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> put(database, name, data);
      case 3 ->
          assertThat(store.with(database, name, tx::delete)).isEqualTo(data.remove(name) != null);
      case 4 -> setRange(database, name, data);
      case 5 -> expire(database, name, data);
      case 6 -> clock.advance(random.nextInt(50));
      case 7 -> copy(database, name, data);
      case 8 -> wholeKeyspace(database);
      default -> assertThat(read(store, database, name)).isEqualTo(data.get(name));
    }
  }

  private void put(int database, String name, Map<String, Value> data) {
    byte[] bytes = bytes(random.nextInt(50) == 0 ? 200_000 : 300);
    long expiry =
        switch (random.nextInt(3)) {
          case 0 -> Tx.KEEP_EXPIRY;
          case 1 -> clock.wallMillis() + random.nextInt(2_000) - 10;
          default -> Record.NO_EXPIRY;
        };
    run(database, name, key -> tx.putString(key, Bytes.of(bytes), expiry));
    Value old = data.get(name);
    long kept = old == null ? Record.NO_EXPIRY : old.expiry;
    data.put(name, new Value(Bytes.of(bytes), expiry == Tx.KEEP_EXPIRY ? kept : expiry));
  }

  private void setRange(int database, String name, Map<String, Value> data) {
    byte[] patch = bytes(40);
    int offset = random.nextInt(400);
    run(database, name, key -> tx.setRange(key, offset, Bytes.of(patch)));
    Value old = data.getOrDefault(name, new Value(Bytes.EMPTY, Record.NO_EXPIRY));
    byte[] bytes =
        Arrays.copyOf(old.bytes.toArray(), Math.max(old.bytes.length(), offset + patch.length));
    System.arraycopy(patch, 0, bytes, offset, patch.length);
    data.put(name, new Value(Bytes.of(bytes), old.expiry));
  }

  private void expire(int database, String name, Map<String, Value> data) {
    Value old = data.get(name);
    if (old == null) {
      return;
    }
    long expiry =
        random.nextInt(3) == 0 ? Record.NO_EXPIRY : clock.wallMillis() + random.nextInt(3_000);
    run(database, name, key -> tx.expire(key, expiry));
    data.put(name, new Value(old.bytes, expiry));
  }

  private void copy(int database, String name, Map<String, Value> data) {
    int target = (database + 1) % DATABASES;
    Value source = data.get(name);
    boolean copied = store.with(database, name, key -> tx.copy(key, Key.of(name), target));
    assertThat(copied).isEqualTo(source != null);
    if (source != null) {
      model.get(target).put(name, source);
    }
  }

  private void wholeKeyspace(int database) {
    int what = random.nextInt(200);
    if (what > 2) {
      engine.expireDue();
      return;
    }
    tx.begin(clock.wallMillis(), database);
    tx.lockAll();
    try {
      if (what == 0) {
        tx.all().flush(database);
        model.get(database).clear();
      } else {
        int other = random.nextInt(DATABASES);
        tx.all().swap(database, other);
        Map<String, Value> moved = model.get(database);
        model.set(database, model.get(other));
        model.set(other, moved);
      }
    } finally {
      tx.end();
    }
  }

  private void run(int database, String name, Consumer<Key> change) {
    store.with(
        database,
        name,
        key -> {
          change.accept(key);
          return true;
        });
  }

  private void dropDue() {
    model.forEach(data ->
        data.values()
            .removeIf(v -> v.expiry != Record.NO_EXPIRY && v.expiry <= clock.wallMillis()));
  }

  private Value read(StoreDriver from, int database, String name) {
    return from.with(
        database,
        name,
        key -> {
          Bytes value = from.tx().string(key);
          return value == null ? null : new Value(value.copy(), from.tx().expiry(key));
        });
  }

  private void assertSame(Engine actual, StoreDriver from) {
    dropDue();
    actual.expireDue();
    for (int database = 0; database < DATABASES; database++) {
      Map<String, Value> data = model.get(database);
      assertThat(actual.size(database)).isEqualTo(data.size());
      assertThat(actual.expiring(database))
          .isEqualTo(data.values().stream().filter(v -> v.expiry != Record.NO_EXPIRY).count());
      Set<String> seen = new HashSet<>();
      from.tx().begin(clock.wallMillis(), database);
      from.tx().all().forEach(-1, (key, type, expiry) -> seen.add(key.utf8()));
      from.tx().end();
      assertThat(seen).isEqualTo(data.keySet());
      for (Map.Entry<String, Value> entry : data.entrySet()) {
        assertThat(read(from, database, entry.getKey())).isEqualTo(entry.getValue());
      }
    }
  }

  private byte[] bytes(int lengthBound) {
    byte[] bytes = new byte[random.nextInt(lengthBound)];
    random.nextBytes(bytes);
    return bytes;
  }
}
