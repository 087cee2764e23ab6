package io.karst.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Flips bytes in the files of a tier: what was not written is never read.
class RocksTierDamageTest {
  private static final int FLIPS = Integer.getInteger("flips", 100);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final BatchSource source = new BatchSource(random);
  private final TierState model = new TierState();
  private final Map<String, byte[]> files = new HashMap<>();

  @TempDir Path directory;

  RocksTierDamageTest() {
    System.out.println("RocksTierDamageTest -Dseed=" + seed);
  }

  @Test
  void aFlippedByteIsDetectedOrDoesNotMatter() throws IOException {
    fill();
    Map<String, Integer> detected = new HashMap<>();
    for (int i = 0; i < FLIPS; i++) {
      String name = flip();
      if (isDetected(name)) {
        detected.merge(name.replaceAll("[0-9]+", "#"), 1, Integer::sum);
      }
    }
    System.out.println("detected: " + detected);
    assertThat(detected).containsKeys("#.sst");
  }

  /// Writes a tier of several files of each kind, and keeps what is in them.
  private void fill() throws IOException {
    try (Tier tier = open()) {
      for (int i = 0; i < 60; i++) {
        TierBatch batch = source.next(model);
        tier.write(batch);
        model.apply(batch);
        if (i % 20 == 19) {
          tier.flush();
        }
      }
      tier.flush();
    }
    try (Stream<Path> list = Files.list(directory)) {
      for (Path file : list.filter(Files::isRegularFile).toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
  }

  /// Brings all files back but for one flipped byte, and returns the name of its file.
  private String flip() throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      for (Path file : list.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    List<String> names = new ArrayList<>(files.keySet());
    names.removeIf(name -> name.startsWith("LO") || files.get(name).length == 0);
    names.sort(null);
    String chosen = names.get(random.nextInt(names.size()));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] content = file.getValue().clone();
      if (file.getKey().equals(chosen)) {
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(directory.resolve(file.getKey()), content);
    }
    return chosen;
  }

  /// Whether damage is reported; if not, everything has to be as it was.
  private boolean isDetected(String name) {
    try (Tier tier = open()) {
      assertThat(tier.meta()).as(name).isEqualTo(model.meta());
      for (int database = 0; database < source.nextDatabase(); database++) {
        assertThat(tier.counts(database)).isDeepEqualTo(model.counts(database));
        assertKeys(tier, database);
      }
      return false;
    } catch (DamagedException e) {
      return true;
    }
  }

  private void assertKeys(Tier tier, int database) {
    for (int i = 0; i < 20; i++) {
      Bytes key = source.key();
      assertThat(tier.get(database, key)).isEqualTo(model.keys(database).get(key));
    }
    try (TierCursor cursor = tier.keys(database, null, random.nextBoolean(), false)) {
      int count = 0;
      for (; cursor.next(); count++) {
        assertThat(cursor.stored()).isEqualTo(model.keys(database).get(cursor.key()));
      }
      assertThat(count).isEqualTo(model.keys(database).size());
    }
  }

  private Tier open() {
    return RocksTier.open(directory, TierOptions.SMALL);
  }
}
