package io.karst.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.base.Disk;
import io.karst.base.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a tier does when its directory is not as it should be.
class RocksTierFaultTest {
  private static final Bytes KEY = Bytes.utf8("key");

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void name() {
    directory = temporary.resolve("tier");
  }

  @Test
  void aFullDiskRefusesWritesUntilThereIsRoom() throws IOException {
    try (RocksTier tier = open()) {
      put(tier, "first", false);
      tier.flush();
      put(tier, "second", true);
      fillNextFile();
      assertThatThrownBy(tier::flush)
          .isInstanceOf(Fault.ReadOnly.class)
          .hasMessage("No space left on device");
      assertThat(value(tier)).isEqualTo("second");
      await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> flushes(tier));
    }
    try (RocksTier tier = open()) {
      assertThat(value(tier)).isEqualTo("second");
    }
  }

  @Test
  void aFormatOfALaterVersionIsRefused() throws IOException {
    open().close();
    new Seal(TierFormat.VERSION + 1, 0).write(Disk.at(directory));
    assertThatThrownBy(this::open)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("has the format 4, this program knows up to 3");
  }

  @Test
  void aTierWithoutAManifestIsNotBegunAnew() throws IOException {
    flushed("value");
    Files.delete(directory.resolve("CURRENT"));
    assertThatThrownBy(this::open)
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("CURRENT");
  }

  @Test
  void aTierWithoutASealIsNotBegunAnew() throws IOException {
    flushed("value");
    Files.delete(directory.resolve("SEAL"));
    assertThatThrownBy(this::open)
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("has no seal");
  }

  @Test
  @SuppressWarnings("try") // It has to be closed for its manifest to be changed.
  void aManifestThatLostItsEndIsRefusedAndNothingIsDeleted() throws IOException {
    try (RocksTier tier = open()) {
      Path manifest = manifest();
      byte[] before = Files.readAllBytes(manifest);
      put(tier, "value", false);
      tier.flush();
      tier.close();
      byte[] after = Files.readAllBytes(manifest);
      Files.write(manifest, before);
      assertThatThrownBy(this::open)
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("but was flushed up to");
      Files.write(manifest, after);
    }
    try (RocksTier tier = open()) {
      assertThat(value(tier)).isEqualTo("value");
    }
  }

  @Test
  void aTierIsOpenOnce() {
    try (RocksTier tier = open()) {
      assertThat(value(tier)).isNull();
      assertThatThrownBy(this::open)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("LOCK");
    }
  }

  @Test
  void aCopyReplacesNothing() throws IOException {
    try (RocksTier tier = open()) {
      Path target = Files.createDirectory(temporary.resolve("copy"));
      assertThatThrownBy(() -> tier.copyTo(target)).isInstanceOf(Fault.ReadOnly.class);
      assertThat(Disk.at(target).isEmpty()).isTrue();
    }
  }

  @Test
  void keysThatCannotBeReadAreNotTakenForMissing() throws IOException {
    flushed("value");
    damageTables(content -> 4, 1);
    Bytes other = Bytes.utf8("other");
    try (RocksTier tier = open()) {
      for (boolean headersOnly : new boolean[] {true, false}) {
        assertThatThrownBy(() -> tier.getAll(0, List.of(KEY, other), headersOnly))
            .isInstanceOf(DamagedException.class)
            .hasMessageContaining(".sst");
      }
    }
  }

  /// Of a name of a property that is not in order RocksDB tells without saying where.
  @Test
  void aTableThatRocksDoesNotNameIsNamed() throws IOException {
    flushed("value");
    String table =
        damageTables(
            content -> new String(content, StandardCharsets.ISO_8859_1).indexOf("um.data.blocks"),
            0x10);
    assertThatThrownBy(this::open)
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(table)
        .hasMessageContaining("unsorted");
  }

  private RocksTier open() {
    return RocksTier.open(directory, TierOptions.SMALL);
  }

  private void flushed(String value) {
    try (RocksTier tier = open()) {
      put(tier, value, false);
      tier.flush();
    }
  }

  /// Sees to it that the file RocksDB makes next has no room.
  private void fillNextFile() throws IOException {
    long last = 0;
    for (String name : Disk.at(directory).list()) {
      String digits = name.replaceAll("[^0-9]", "");
      last = digits.isEmpty() ? last : Math.max(last, Long.parseLong(digits));
    }
    Path next = directory.resolve("%06d.sst".formatted(last + 1));
    Files.createSymbolicLink(next, Path.of("/dev/full"));
  }

  /// Flips bits of a byte in each table, and returns the last.
  private String damageTables(ToIntFunction<byte[]> place, int bits) throws IOException {
    String last = "";
    for (String name : Disk.at(directory).list()) {
      if (name.endsWith(".sst")) {
        byte[] content = Files.readAllBytes(directory.resolve(name));
        content[place.applyAsInt(content)] ^= (byte) bits;
        Files.write(directory.resolve(name), content);
        last = name;
      }
    }
    return last;
  }

  private Path manifest() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> manifests =
          files.filter(file -> file.getFileName().toString().startsWith("MANIFEST")).toList();
      assertThat(manifests).hasSize(1);
      return manifests.getFirst();
    }
  }

  private static boolean flushes(Tier tier) {
    put(tier, "second", true);
    tier.flush();
    return true;
  }

  private static void put(Tier tier, String value, boolean present) {
    TierBatch batch = new TierBatch();
    Stored stored = new Stored(1, 0, false, 0, -1, Bytes.utf8(value));
    batch.change(BatchSource.place(0, KEY), new TierBatch.Change(stored, present, false, false));
    tier.write(batch);
  }

  private static String value(Tier tier) {
    Stored stored = tier.get(0, KEY);
    return stored == null ? null : stored.payload().utf8();
  }
}
