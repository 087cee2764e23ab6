package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
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
import org.jspecify.annotations.Nullable;

/// An engine with a plain map beside it: random changes of both, and a comparison. The engine may
/// be replaced by one that was opened on what it left behind.
final class ModelStore implements AutoCloseable {
  static final int DATABASES = 3;
  private static final int KEYS = 400;

  private final Random random;
  private final ManualClock clock;
  private Engine engine;
  private StoreDriver store;
  private Tx tx;
  private List<Map<String, Value>> model = new ArrayList<>();

  record Value(Bytes bytes, long expiry) {}

  ModelStore(Random random, ManualClock clock, Engine engine) {
    this.random = random;
    this.clock = clock;
    this.engine = engine;
    this.store = new StoreDriver(engine);
    this.tx = store.tx();
    for (int i = 0; i < DATABASES; i++) {
      model.add(new TreeMap<>());
    }
  }

  Engine engine() {
    return engine;
  }

  Tx tx() {
    return tx;
  }

  /// Goes on with another engine, and returns it; the former is given up as it is.
  Engine replace(Engine other) {
    engine = other;
    store = new StoreDriver(other);
    tx = store.tx();
    return other;
  }

  /// A copy of the model as it is.
  List<Map<String, Value>> snapshot() {
    List<Map<String, Value>> copy = new ArrayList<>();
    model.forEach(data -> copy.add(new TreeMap<>(data)));
    return copy;
  }

  /// Makes the model what it was.
  void restore(List<Map<String, Value>> snapshot) {
    model = new ArrayList<>();
    snapshot.forEach(data -> model.add(new TreeMap<>(data)));
  }

  /// What the engine has, but for keys that are due.
  List<Map<String, Value>> found() {
    List<Map<String, Value>> found = new ArrayList<>();
    for (int database = 0; database < DATABASES; database++) {
      Map<String, Value> data = new TreeMap<>();
      Set<String> names = new HashSet<>();
      tx.begin(clock.wallMillis(), database);
      tx.all().forEach(-1, (key, type, expiry) -> names.add(key.utf8()));
      tx.end();
      for (String name : names) {
        Value value = read(database, name);
        if (value != null) {
          data.put(name, value);
        }
      }
      found.add(data);
    }
    return found;
  }

  /// What of a snapshot is not due now.
  List<Map<String, Value>> alive(List<Map<String, Value>> snapshot) {
    List<Map<String, Value>> alive = new ArrayList<>();
    for (Map<String, Value> data : snapshot) {
      Map<String, Value> copy = new TreeMap<>(data);
      copy.values().removeIf(this::due);
      alive.add(copy);
    }
    return alive;
  }

  private boolean due(Value value) {
    return value.expiry != Record.NO_EXPIRY && value.expiry <= clock.wallMillis();
  }

  @Override
  public void close() {
    store.close();
    engine.close();
  }

  /// The name of some key.
  String name() {
    return (random.nextInt(4) == 0 ? "{tag}" : "") + "key" + random.nextInt(KEYS);
  }

  /// Changes or reads something, and compares what is answered.
  void step() {
    if (random.nextInt(12) == 0) {
      transaction();
    } else {
      single(random.nextInt(10));
    }
  }

  /// Several changes as one: all of them, or none as they are taken back.
  private void transaction() {
    dropDue();
    List<Map<String, Value>> before = snapshot();
    boolean undoable = random.nextBoolean();
    boolean done = false;
    store.begin();
    try {
      if (undoable) {
        tx.undoable();
      } else {
        tx.reserve(10, 4 << 20);
        tx.asOne();
      }
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        single(new int[] {0, 1, 2, 3, 4, 5, 7, 9}[random.nextInt(8)]);
      }
      done = !undoable || random.nextBoolean();
    } finally {
      if (!done) {
        tx.rollback();
      }
      store.end();
    }
    if (!done) {
      restore(before);
    }
  }

  private void single(int what) {
    dropDue(); // What the one before has put may have been due at once.
    String name = name();
    int database = random.nextInt(DATABASES);
    Map<String, Value> data = model.get(database);
    switch (what) {
      case 0, 1, 2 -> put(database, name, data);
      case 3 ->
          assertThat(store.with(database, name, tx::delete)).isEqualTo(data.remove(name) != null);
      case 4 -> setRange(database, name, data);
      case 5 -> expire(database, name, data);
      case 6 -> clock.advance(random.nextInt(50));
      case 7 -> copy(database, name, data);
      case 8 -> wholeKeyspace(database);
      default -> assertThat(read(database, name)).isEqualTo(data.get(name));
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
    boolean copied = store.with(database, name, key -> tx.values().copy(key, Key.of(name), target));
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

  /// Removes all keys that begin alike, in any database.
  void deletePrefix() {
    dropDue();
    int database = random.nextInt(DATABASES);
    String prefix = name().replaceAll("[0-9]$", "");
    Map<String, Value> data = model.get(database);
    int before = data.size();
    data.keySet().removeIf(name -> name.startsWith(prefix));
    tx.begin(clock.wallMillis(), database);
    try {
      assertThat(tx.all().deleteRange(KeyRange.prefix(Bytes.utf8(prefix))))
          .isEqualTo(before - data.size());
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
    model.forEach(data -> data.values().removeIf(this::due));
  }

  private @Nullable Value read(int database, String name) {
    return store.with(
        database,
        name,
        key -> {
          Bytes value = tx.string(key);
          return value == null ? null : new Value(value.copy(), tx.expiry(key));
        });
  }

  /// Compares everything.
  void assertSame() {
    dropDue();
    engine.expireDue();
    for (int database = 0; database < DATABASES; database++) {
      Map<String, Value> data = model.get(database);
      assertThat(engine.size(database)).isEqualTo(data.size());
      assertThat(engine.expiring(database))
          .isEqualTo(data.values().stream().filter(v -> v.expiry != Record.NO_EXPIRY).count());
      Set<String> seen = new HashSet<>();
      tx.begin(clock.wallMillis(), database);
      tx.all().forEach(-1, (key, type, expiry) -> seen.add(key.utf8()));
      tx.end();
      assertThat(seen).isEqualTo(data.keySet());
      for (Map.Entry<String, Value> entry : data.entrySet()) {
        assertThat(read(database, entry.getKey())).isEqualTo(entry.getValue());
      }
    }
  }

  private byte[] bytes(int lengthBound) {
    byte[] bytes = new byte[random.nextInt(lengthBound)];
    random.nextBytes(bytes);
    return bytes;
  }
}
