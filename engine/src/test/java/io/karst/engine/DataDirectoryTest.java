package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.history.DamagedLogException;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real thing: RocksDB and mapped files in a directory of the operating system's.
class DataDirectoryTest {
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final ManualClock clock = new ManualClock();
  @TempDir Path temporary;

  @Test
  void whatWasWrittenIsThereAfterACleanEnd() throws IOException {
    Path path = temporary.resolve("data");
    try (Engine engine = open(path);
        StoreDriver store = new StoreDriver(engine)) {
      put(store, "k", "v");
    }
    try (Engine engine = open(path);
        StoreDriver store = new StoreDriver(engine)) {
      assertThat(engine.size(0)).isEqualTo(1);
      assertThat(engine.diskStatus().cold()).isEqualTo(1);
      assertThat(get(store, "k")).isEqualTo("v");
      assertThat(engine.diskStatus().cold()).isZero();
      assertThat(get(store, "none")).isNull();
    }
  }

  @Test
  void whatWasWrittenIsThereAfterTheProcessWasKilled() throws IOException {
    System.out.println("DataDirectoryTest seed " + seed);
    Path path = temporary.resolve("data");
    Random random = new Random(seed);
    ModelStore store = new ModelStore(random, clock, open(path));
    for (int crash = 0; crash < 8; crash++) {
      for (int step = 0; step < 1_500; step++) {
        store.step();
        if (random.nextInt(400) == 0) {
          store.engine().checkpoint();
        }
        if (random.nextInt(400) == 0) {
          store.deletePrefix();
        }
      }
      Path left = temporary.resolve("left" + crash);
      copy(path, left);
      store.close();
      path = left;
      store.replace(open(path));
      store.assertSame();
    }
    store.close();
  }

  @Test
  void aBackupIsTheStoreAsItWas() throws IOException {
    System.out.println("DataDirectoryTest seed " + seed);
    Random random = new Random(seed);
    Path backup = temporary.resolve("backup");
    try (ModelStore store = new ModelStore(random, clock, open(temporary.resolve("data")))) {
      for (int step = 0; step < 3_000; step++) {
        store.step();
      }
      store.engine().backup(backup);
      assertThatThrownBy(() -> store.engine().backup(backup))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is not empty");
      Engine original = store.engine();
      store.replace(open(backup));
      store.assertSame();
      for (int step = 0; step < 500; step++) {
        store.step();
      }
      store.assertSame();
      original.close();
    }
  }

  @Test
  void aBackupIsConsistentWhileOthersWrite() throws Exception {
    Path backup = temporary.resolve("backup");
    try (Engine engine = open(temporary.resolve("data"))) {
      AtomicBoolean done = new AtomicBoolean();
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try (StoreDriver store = new StoreDriver(engine)) {
                  for (int i = 0; !done.get(); i++) {
                    putPair(engine, store.tx(), Integer.toString(i));
                  }
                }
              });
      while (engine.size(0) < 2) {
        Thread.onSpinWait();
      }
      engine.backup(backup);
      done.set(true);
      writer.join();
    }
    try (Engine engine = open(backup);
        StoreDriver store = new StoreDriver(engine)) {
      assertThat(get(store, "first")).isNotNull().isEqualTo(get(store, "second"));
    }
  }

  private void putPair(Engine engine, Tx tx, String value) {
    Key first = Key.of("first");
    Key second = Key.of("second");
    tx.begin(engine.clock().wallMillis(), 0);
    tx.lock(new Key[] {first, second}, 2);
    tx.putString(first, Bytes.utf8(value), Record.NO_EXPIRY);
    tx.putString(second, Bytes.utf8(value), Record.NO_EXPIRY);
    tx.end();
  }

  @Test
  void withoutAHistoryTheLastCheckpointIsThere() throws IOException {
    Path path = temporary.resolve("data");
    Path left = temporary.resolve("left");
    DirectoryOptions unlogged = options(path).withLogged(false);
    try (Engine engine = open(unlogged);
        StoreDriver store = new StoreDriver(engine)) {
      put(store, "before", "1");
      engine.checkpoint();
      put(store, "after", "2");
      copy(path, left);
    }
    try (Engine engine = open(left);
        StoreDriver store = new StoreDriver(engine)) {
      assertThat(get(store, "before")).isEqualTo("1");
      assertThat(get(store, "after")).isNull();
    }
  }

  @Test
  void theHistoryMayBeTurnedOffAndOnAgain() throws IOException {
    Path path = temporary.resolve("data");
    for (int round = 0; round < 6; round++) {
      boolean logged = round % 2 == 0;
      try (Engine engine = open(options(path).withLogged(logged));
          StoreDriver store = new StoreDriver(engine)) {
        for (int earlier = 0; earlier < round; earlier++) {
          assertThat(get(store, "k" + earlier)).isEqualTo(Integer.toString(round - 1));
        }
        for (int each = 0; each <= round; each++) {
          put(store, "k" + each, Integer.toString(round));
        }
      }
    }
  }

  @Test
  void aDamagedHistoryStopsTheStartAndCanBeSalvaged() throws IOException {
    Path path = temporary.resolve("data");
    Path left = temporary.resolve("left");
    try (Engine engine = open(path);
        StoreDriver store = new StoreDriver(engine)) {
      put(store, "kept", "1");
      engine.log().awaitDurable(engine.log().tail());
      put(store, "lost", "2");
      engine.log().awaitDurable(engine.log().tail());
      put(store, "later", "3");
      engine.log().awaitDurable(engine.log().tail());
      copy(path, left);
    }
    flip(left.resolve("wal"), "lost");
    assertThatThrownBy(() -> open(left))
        .isInstanceOf(DamagedLogException.class)
        .hasMessageContaining(".wal at offset");
    for (int start = 0; start < 3; start++) {
      try (Engine engine = open(options(left).withSalvage(start == 0));
          StoreDriver store = new StoreDriver(engine)) {
        assertThat(get(store, "kept")).isEqualTo("1");
        assertThat(get(store, "lost")).isNull();
        assertThat(get(store, "later")).isNull();
        assertThat(get(store, "new")).isEqualTo(start == 0 ? null : "new" + (start - 1));
        put(store, "new", "new" + start);
      }
    }
  }

  private static void flip(Path directory, String text) throws IOException {
    for (Path file : files(directory)) {
      if (Files.isRegularFile(file)) {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        if (at >= 0) {
          bytes[at] ^= 1;
          Files.write(file, bytes);
        }
      }
    }
  }

  @Test
  void oneProcessHasADirectory() throws IOException {
    Path path = temporary.resolve("data");
    try (Engine engine = open(path)) {
      assertThat(engine.tiered()).isTrue();
      assertThatThrownBy(() -> open(path))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
    }
    open(path).close();
  }

  @Test
  void aLaterFormatIsRefused() throws IOException {
    Path path = temporary.resolve("data");
    open(path).close();
    Files.writeString(path.resolve("karst.format"), "3\n");
    assertThatThrownBy(() -> open(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the format 3, this program knows up to 2");
  }

  @Test
  void whatHasAHistoryOfItsOwnIsNoMembersAndTheOtherWayRound() throws IOException {
    Path single = temporary.resolve("single");
    open(options(single).withLogged(false)).close(); // Whatever is in it.
    assertThatThrownBy(() -> openMember(single))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(single.toString())
        .hasMessageContaining("cluster-enabled no");
    Path member = temporary.resolve("member");
    openMember(member).close();
    assertThatThrownBy(() -> open(member))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(member.toString())
        .hasMessageContaining("cluster-enabled yes");
    openMember(member).close();
    assertThat(member.resolve("wal")).doesNotExist();
    open(single).close();
  }

  private Engine openMember(Path path) throws IOException {
    Storage storage =
        DataDirectory.open(
            options(path), (from, _) -> new MemberLog(new MemberLog.Committed(), from));
    assertThat(storage.follows()).isTrue();
    return Engine.open(
        EngineOptions.defaults(seed)
            .withDatabases(ModelStore.DATABASES)
            .withClock(clock)
            .withMaintenance(false)
            .withStorage(storage));
  }

  @Test
  void aBackupThatFailsLeavesNothing() throws IOException {
    Path path = temporary.resolve("data");
    Path backup = temporary.resolve("backup");
    try (Engine engine = open(path);
        StoreDriver store = new StoreDriver(engine)) {
      put(store, "k", "v");
      engine.checkpoint();
      Files.move(path.resolve("wal"), path.resolve("away"));
      assertThatThrownBy(() -> engine.backup(backup)).isInstanceOf(NoSuchFileException.class);
      assertThat(files(backup)).containsExactly(backup);
      Files.move(path.resolve("away"), path.resolve("wal"));
      engine.backup(backup);
    }
    try (Engine engine = open(backup)) {
      assertThat(engine.size(0)).isEqualTo(1);
    }
  }

  @Test
  void aStoreWithoutItsLastFileIsNone() throws IOException {
    Path path = temporary.resolve("data");
    open(path).close();
    Files.delete(path.resolve("karst.format"));
    assertThatThrownBy(() -> open(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("karst.format is missing");
    assertThat(path.resolve("karst.format")).doesNotExist();
  }

  @Test
  void withoutALastCheckpointTheHistoryHasIt() throws IOException {
    Path path = temporary.resolve("data");
    Engine first = open(path);
    try (StoreDriver store = new StoreDriver(first)) {
      put(store, "k", "v");
    }
    first.closeUnsaved();
    try (Engine engine = open(path);
        StoreDriver store = new StoreDriver(engine)) {
      assertThat(engine.replayed()).isEqualTo(1);
      assertThat(get(store, "k")).isEqualTo("v");
    }
  }

  private static void put(StoreDriver store, String key, String value) {
    store.run(key, k -> store.tx().putString(k, Bytes.utf8(value), Record.NO_EXPIRY));
  }

  private static String get(StoreDriver store, String key) {
    return store.with(
        key,
        k -> {
          Bytes value = store.tx().string(k);
          return value == null ? null : value.utf8();
        });
  }

  private DirectoryOptions options(Path path) {
    return DirectoryOptions.defaults(path, seed)
        .withClock(clock)
        .withDatabases(ModelStore.DATABASES);
  }

  private Engine open(Path path) throws IOException {
    return open(options(path));
  }

  private Engine open(DirectoryOptions options) throws IOException {
    return Engine.open(
        EngineOptions.defaults(seed)
            .withDatabases(ModelStore.DATABASES)
            .withClock(clock)
            .withMaintenance(false)
            .withStorage(DataDirectory.open(options)));
  }

  /// As the end of the process leaves it: what is in a mapped file is in the file. Copied again if
  /// files came and went meanwhile.
  private static void copy(Path from, Path to) throws IOException {
    for (int attempt = 0; ; attempt++) {
      List<Path> files = files(from);
      Path target = to.resolveSibling(to.getFileName() + "-" + attempt);
      if (copied(from, files, target) && files.equals(files(from))) {
        Files.move(target, to);
        return;
      }
    }
  }

  /// Listed again if one went while the list was made: a list without it would be no list.
  private static List<Path> files(Path directory) throws IOException {
    while (true) {
      try (Stream<Path> walk = Files.walk(directory)) {
        return walk.sorted().toList();
      } catch (UncheckedIOException gone) {
        Thread.onSpinWait();
      }
    }
  }

  private static boolean copied(Path from, List<Path> files, Path to) throws IOException {
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file));
      try {
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      } catch (NoSuchFileException gone) {
        return false;
      }
    }
    return true;
  }
}
