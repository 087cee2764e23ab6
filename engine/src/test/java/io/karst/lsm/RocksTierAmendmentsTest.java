package io.karst.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.Disk;
import io.karst.base.Invariant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/// What stands beside a large payload in the family `amendments`.
class RocksTierAmendmentsTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes PAYLOAD = Bytes.of(new byte[Stored.AMENDED_SIZE_MIN]);

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void name() {
    directory = temporary.resolve("tier");
  }

  @Test
  void everyByteIsWhereItWas() {
    Amended amended = new Amended(0x0102, 3, List.of(Bytes.utf8("ab")));
    Stored stored = new Stored(0x0304, 2, true, 0x050607, -1, -1, Bytes.EMPTY, amended);
    assertThat(hex(StoredCodec.encode(stored)))
        .isEqualTo("1602050607" + "0000000000000304" + "0000000000000102" + "00000003");
    Stored expiring = new Stored(0x0304, 2, true, 0x050607, 8, -1, Bytes.EMPTY, amended);
    assertThat(hex(StoredCodec.encode(expiring)))
        .isEqualTo(
            "1702050607"
                + "0000000000000304"
                + "0000000000000008"
                + "0000000000000102"
                + "00000003");
    Stored both = new Stored(0x0304, 2, true, 0x050607, 8, 9, Bytes.EMPTY, amended);
    assertThat(hex(StoredCodec.encode(both)))
        .isEqualTo(
            "1f02050607"
                + "0000000000000304"
                + "0000000000000008"
                + "0000000000000009"
                + "0000000000000102"
                + "00000003");
    byte[] lasting = StoredCodec.encode(new Stored(4, 2, true, 5, -1, 9, Bytes.EMPTY, amended));
    for (byte[] header : List.of(StoredCodec.encode(both), lasting)) {
      Stored decoded = StoredCodec.decode(7, KEY, header, header.length, true);
      assertThat(StoredCodec.encode(decoded)).isEqualTo(header);
      assertThat(decoded.elementMillis()).isEqualTo(9);
      assertThat(decoded.amended()).isEqualTo(new Amended(0x0102, 3, List.of()));
    }
    assertThat(hex(StoredCodec.encodePart(amended, Bytes.utf8("ab"))))
        .isEqualTo("0000000000000102" + "6162");
    assertThat(hex(TierKeys.part(TierKeys.data(7, KEY), 258))).isEqualTo("000000076b657900000102");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void partsAreReadInTheirOrderWithTheHeaderThatWasWrittenLast() {
    try (RocksTier tier = open()) {
      writeWithParts(tier, 300);
      Stored stored = tier.get(0, KEY);
      assertThat(stored.lsn()).isEqualTo(400);
      assertThat(stored.payload()).isEqualTo(PAYLOAD);
      assertThat(stored.amended().baseLsn()).isEqualTo(100);
      assertThat(stored.amended().parts()).hasSize(300);
      assertThat(stored.amended().parts().get(258)).isEqualTo(Bytes.utf8("part 258"));
      assertThat(tier.header(0, KEY).amended()).isEqualTo(new Amended(100, 300, List.of()));
    }
  }

  @Test
  void partsGoWithTheirKey() throws Exception {
    try (RocksTier tier = open()) {
      writeWithParts(tier, 3);
      write(tier, null, true);
      assertThat(tier.get(0, KEY)).isNull();
      tier.flush();
    }
    assertThat(parts()).isZero();
  }

  @Test
  void partsGoWithTheirDatabase() throws Exception {
    try (RocksTier tier = open()) {
      writeWithParts(tier, 3);
      TierBatch batch = new TierBatch();
      batch.drop(0);
      tier.write(batch);
      tier.flush();
    }
    assertThat(parts()).isZero();
  }

  @Test
  void partsGoWhenTheValueIsWrittenWhole() throws Exception {
    try (RocksTier tier = open()) {
      writeWithParts(tier, 3);
      Stored whole = stored(500, PAYLOAD, null);
      write(tier, whole, true);
      assertThat(tier.get(0, KEY)).isEqualTo(whole);
      tier.flush();
    }
    assertThat(parts()).isZero();
  }

  @Test
  void aPartThatIsMissingIsDamage() throws Exception {
    try (RocksTier tier = open()) {
      writeWithParts(tier, 3);
      tier.flush();
    }
    try (RocksStore store = RocksStore.open(directory, TierOptions.SMALL, RocksStore.Mode.WRITE)) {
      store.db.delete(store.amendments, store.writing, TierKeys.part(TierKeys.data(0, KEY), 1));
      store.db.flush(new org.rocksdb.FlushOptions(), store.families());
    }
    try (RocksTier tier = open()) {
      assertThat(tier.header(0, KEY)).isNotNull();
      assertThatThrownBy(() -> tier.get(0, KEY))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("key")
          .hasMessageContaining("has lost a part of its amendments");
    }
  }

  @Test
  void nothingIsAddedToAnotherPayload() {
    try (RocksTier tier = open()) {
      write(tier, stored(100, PAYLOAD, null), false);
      Stored other = stored(101, Bytes.EMPTY, new Amended(99, 1, List.of(Bytes.utf8("part"))));
      assertThatThrownBy(() -> write(tier, other, true)).isInstanceOf(Invariant.Violation.class);
      Stored gap = stored(101, Bytes.EMPTY, new Amended(100, 2, List.of(Bytes.utf8("part"))));
      assertThatThrownBy(() -> write(tier, gap, true)).isInstanceOf(Invariant.Violation.class);
    }
  }

  @Test
  void aTierOfTheFirstVersionIsBroughtToThis() throws Exception {
    Stored whole = stored(100, PAYLOAD, null);
    try (RocksTier tier = open()) {
      write(tier, whole, false);
      tier.flush();
    }
    makeFirstVersion();
    assertThatThrownBy(() -> TierInspection.open(directory))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("has the format 1: a server that opens it once brings it to 3");
    try (RocksTier tier = open()) {
      assertThat(tier.get(0, KEY)).isEqualTo(whole);
      write(tier, stored(101, Bytes.EMPTY, new Amended(100, 0, List.of())), true);
      tier.flush();
    }
    assertThat(Seal.read(Disk.at(directory)).version()).isEqualTo(3);
    try (RocksTier tier = open()) {
      assertThat(tier.get(0, KEY).payload()).isEqualTo(PAYLOAD);
      assertThat(tier.get(0, KEY).lsn()).isEqualTo(101);
    }
  }

  private void makeFirstVersion() throws IOException, RocksDBException {
    try (RocksStore store = RocksStore.open(directory, TierOptions.SMALL, RocksStore.Mode.WRITE)) {
      store.db.dropColumnFamily(store.amendments);
    }
    Disk disk = Disk.at(directory);
    new Seal(1, Seal.read(disk).sequence()).write(disk);
  }

  private int parts() throws Exception {
    int count = 0;
    byte[] end = TierKeys.end(Integer.MAX_VALUE);
    try (RocksStore store = TierStart.openToRead(Disk.at(directory));
        Range range = new Range(store, store.amendments, TierKeys.first(0), end, false)) {
      for (range.iterator.seekToFirst(); range.atEntry(); range.iterator.next()) {
        count++;
      }
    }
    return count;
  }

  private RocksTier open() {
    return RocksTier.open(directory, TierOptions.SMALL);
  }

  /// A payload of LSN 100, and after it parts, each of them first written in another way.
  private static void writeWithParts(RocksTier tier, int count) {
    write(tier, stored(100, PAYLOAD, null), false);
    for (int part = 0; part < count; part++) {
      for (String text : List.of("begun", "part " + part)) {
        Amended amended = new Amended(100, part + 1, List.of(Bytes.utf8(text)));
        write(tier, stored(101 + part, Bytes.EMPTY, amended), true);
      }
    }
  }

  private static Stored stored(long lsn, Bytes payload, Amended amended) {
    return new Stored(lsn, 0, false, 0, -1, -1, payload, amended);
  }

  private static void write(RocksTier tier, Stored stored, boolean present) {
    TierBatch batch = new TierBatch();
    batch.change(BatchSource.place(0, KEY), new TierBatch.Change(stored, present, false, false));
    tier.write(batch);
  }
}
