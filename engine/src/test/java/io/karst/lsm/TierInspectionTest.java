package io.karst.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TierInspectionTest {
  private static final TierMeta META =
      new TierMeta(
          7, 8, List.of(3, 4), 5, 9, new TreeMap<>(Map.of("l", Bytes.utf8("#!lua name=l\n"))));

  @TempDir Path directory;

  @Test
  void showsWhatWasFlushedWhileTheTierIsOpen() {
    try (Tier tier = RocksTier.open(directory, TierOptions.SMALL)) {
      TierBatch batch = new TierBatch();
      put(batch, 3, "a", 10);
      put(batch, 3, "b", TierFormat.LARGE_SIZE_MIN);
      put(batch, 4, "c", 10);
      batch.meta(META);
      tier.write(batch);
      tier.flush();
      TierBatch later = new TierBatch();
      put(later, 5, "d", 10);
      tier.write(later);
      try (TierInspection inspection = TierInspection.open(directory)) {
        assertThat(inspection.version()).isEqualTo(3);
        assertThat(inspection.meta()).isEqualTo(META);
        assertThat(inspection.databases()).containsExactly(3, 4);
        assertThat(keys(inspection)).containsExactly("a 10", "b 16384");
        assertFamilies(inspection.families());
      }
    }
  }

  @Test
  void makesNoTierWhereThereIsNone() {
    assertThatThrownBy(() -> TierInspection.open(directory))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("there is no disk tier in " + directory);
    assertThat(directory).isEmptyDirectory();
  }

  private static void assertFamilies(List<TierFamily> families) {
    assertThat(families)
        .extracting(TierFamily::name)
        .containsExactly("default", "data", "expiry", "large", "slots", "amendments");
    assertThat(families).extracting(TierFamily::keys).containsExactly(2L, 3L, 0L, 1L, 3L, 0L);
    assertThat(families.get(1).levels())
        .singleElement()
        .satisfies(level -> {
          assertThat(level.number()).isZero();
          assertThat(level.files()).isEqualTo(1);
          assertThat(level.size()).isPositive();
        });
    assertThat(families.get(3).blobSize()).isPositive();
  }

  private static List<String> keys(TierInspection inspection) {
    List<String> keys = new ArrayList<>();
    try (TierCursor cursor = inspection.keys(3)) {
      while (cursor.next()) {
        keys.add(cursor.key().utf8() + " " + cursor.stored().payload().length());
      }
    }
    return keys;
  }

  private static void put(TierBatch batch, int database, String key, int size) {
    Stored stored = new Stored(1, 0, false, 0, -1, Bytes.of(new byte[size]));
    batch.change(
        BatchSource.place(database, Bytes.utf8(key)),
        new TierBatch.Change(stored, false, false, false));
  }
}
