package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.lsm.DamagedException;
import io.karst.memory.Record;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Flips a bit in a file of each kind that a data directory has: either the start says which file
/// is damaged, or whatever is read afterwards is right, or an error that says so.
class FlippedBitTest {
  private static final int FLIPS = Integer.getInteger("flips", 5);
  private static final int KEYS = 400;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ManualClock clock = new ManualClock();
  private final Map<String, String> model = new TreeMap<>();
  private final Map<Path, byte[]> files = new TreeMap<>();
  private final Map<String, Integer> detected = new TreeMap<>();

  @TempDir Path temporary;

  @Test
  void isNamedOrDoesNotMatter() throws IOException {
    System.out.println("FlippedBitTest -Dseed=" + seed);
    fill();
    Map<String, Path> kinds = new TreeMap<>();
    files.forEach((file, content) -> {
      if (content.length > 0) {
        kinds.merge(kind(file), file, (one, other) -> random.nextBoolean() ? one : other);
      }
    });
    assertThat(kinds)
        .containsKeys("#.wal", "#.sst", "#.blob", "MANIFEST-#", "CURRENT", "OPTIONS-#", "SEAL")
        .containsKey("karst.format");
    int directories = 0;
    for (Map.Entry<String, Path> kind : kinds.entrySet()) {
      for (int i = 0; i < FLIPS; i++) {
        flip(kind.getKey(), kind.getValue(), temporary.resolve("flipped" + directories++));
      }
    }
    System.out.println("detected: " + detected);
    assertThat(detected).containsKeys("#.sst", "#.blob", "MANIFEST-#", "CURRENT", "SEAL");
    assertThat(detected).containsEntry("karst.format", FLIPS);
  }

  /// A store with all kinds of files, and a history that was not all brought to the tier.
  private void fill() throws IOException {
    Path path = temporary.resolve("data");
    Engine engine = open(path);
    try (StoreDriver store = new StoreDriver(engine)) {
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < KEYS; i++) {
          put(store, "k" + random.nextInt(KEYS), "v" + random.nextLong());
        }
        put(store, "large" + round, "x".repeat(40_000) + random.nextLong());
        if (round < 2) {
          engine.checkpoint();
        }
        engine.log().awaitDurable(engine.log().tail());
      }
      // The last frames before a crash may count as torn.
      for (int i = 0; i < 3; i++) {
        store.run("last", key -> store.tx().putString(key, Bytes.utf8("v"), Record.NO_EXPIRY));
        engine.log().awaitDurable(engine.log().tail());
      }
    }
    engine.closeUnsaved();
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(path.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  private void put(StoreDriver store, String name, String value) {
    store.run(name, key -> store.tx().putString(key, Bytes.utf8(value), Record.NO_EXPIRY));
    model.put(name, value);
  }

  private static String kind(Path file) {
    return file.getFileName().toString().replaceAll("[0-9a-f]{6,}", "#");
  }

  private void flip(String kind, Path flipped, Path directory) throws IOException {
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      byte[] content = file.getValue();
      if (file.getKey().equals(flipped)) {
        content = content.clone();
        int written = content.length;
        while (kind.equals("#.wal") && content[written - 1] == 0) {
          written--;
        }
        content[random.nextInt(written)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.createDirectories(directory.resolve(file.getKey()).getParent());
      Files.write(directory.resolve(file.getKey()), content);
    }
    String message = damage(directory);
    if (message != null) {
      detected.merge(kind, 1, Integer::sum);
      String name = flipped.getFileName().toString();
      String most = name.replaceAll("-[0-9]+$|^[0-9]+(?=\\.blob)", "");
      assertThat(message).containsAnyOf(name, most);
    }
  }

  /// What is said to be wrong; null if nothing is, and everything is as it was.
  private String damage(Path directory) {
    Engine engine;
    try {
      engine = open(directory);
    } catch (IOException | RuntimeException refused) {
      return refused.getMessage();
    }
    String found = null;
    try (StoreDriver store = new StoreDriver(engine)) {
      for (Map.Entry<String, String> entry : model.entrySet()) {
        try {
          assertThat(get(store, entry.getKey())).isEqualTo(entry.getValue());
        } catch (DamagedException damaged) {
          found = damaged.getMessage();
        }
      }
      assertThat(engine.size(0)).isBetween((long) model.size(), model.size() + 1L);
    } finally {
      engine.closeUnsaved();
    }
    return found;
  }

  private static String get(StoreDriver store, String name) {
    return store.with(
        name,
        key -> {
          Bytes value = store.tx().string(key);
          return value == null ? null : value.utf8();
        });
  }

  private Engine open(Path path) throws IOException {
    return Engine.open(
        EngineOptions.defaults(seed)
            .withClock(clock)
            .withMaintenance(false)
            .withStorage(
                DataDirectory.open(DirectoryOptions.defaults(path, seed).withClock(clock))));
  }
}
