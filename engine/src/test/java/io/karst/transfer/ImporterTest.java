package io.karst.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.engine.Storage;
import io.karst.history.Effect;
import io.karst.history.KeptLog;
import io.karst.memory.Record;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbException;
import io.karst.rdb.RdbFileWriter;
import io.karst.value.DumpPayload;
import io.karst.value.RdbType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ImporterTest {
  private static final long IN_2023 = 1_700_000_000_000L;
  private static final long IN_2099 = 4_070_908_800_000L;

  private interface Content {
    void write(RdbFileWriter file) throws IOException;
  }

  @Test
  void whatIsDueIsLeftOutAndCounted() throws IOException {
    try (TestStore store = new TestStore(IN_2099);
        Importer importer = new Importer(store.engine)) {
      assertThat(store.load(fourDatabases(), importer).entries()).isEqualTo(4);
      assertThat(importer.imported()).isEqualTo(3);
      assertThat(importer.due()).isEqualTo(1);
      assertThat(store.all(0)).isEqualTo(Map.of("stays", "value"));
      assertThat(store.all(2)).containsEntry("goes", "value, expires 4102444800123").hasSize(1);
      assertThat(store.all(3)).containsEntry("number", "-300").hasSize(1);
    }
    try (TestStore store = new TestStore(IN_2023);
        Importer importer = new Importer(store.engine)) {
      store.load(fourDatabases(), importer);
      assertThat(importer.due()).isZero();
      assertThat(store.all(0)).containsEntry("due", "value, expires 1800000000000").hasSize(2);
    }
  }

  private static byte[] fourDatabases() throws IOException {
    return file(file -> {
      file.database(0, 2, 0);
      put(file, "stays", Record.NO_EXPIRY, "value");
      put(file, "due", 1_800_000_000_000L, "value");
      file.database(2, 1, 1);
      put(file, "goes", 4_102_444_800_123L, "value");
      file.database(3, 1, 0);
      put(file, "number", Record.NO_EXPIRY, "-300");
    });
  }

  @Test
  void aRecordedFileIsImportedWhole() throws IOException {
    byte[] recorded;
    try (InputStream in = ImporterTest.class.getResourceAsStream("/rdb/types.rdb")) {
      recorded = in.readAllBytes();
    }
    try (TestStore store = new TestStore(IN_2023);
        Importer importer = new Importer(store.engine)) {
      store.load(recorded, importer);
      importer.finish();
      assertThat(importer.imported()).isEqualTo(13);
    }
  }

  @Test
  void anyNumberOfEntriesOfAnySizeIsImported() throws IOException {
    for (int count = 0; count < 100; count++) {
      int entries = count;
      byte[] file =
          file(out -> {
            for (int i = 0; i < entries; i++) {
              put(out, "key:" + i, Record.NO_EXPIRY, value("" + i));
            }
          });
      try (TestStore store = new TestStore(IN_2023);
          Importer importer = new Importer(store.engine)) {
        store.load(file, importer);
        assertThat(importer.imported()).isEqualTo(count);
        assertThat(store.all(0)).hasSize(count);
        store.all(0).forEach((key, value) -> assertThat(value).isEqualTo(value(key.substring(4))));
      }
    }
  }

  @Test
  void keysThatAreThereAreReplacedAndTheLaterOfTwoCounts() throws IOException {
    byte[] file =
        file(out -> {
          put(out, "key", 4_102_444_800_123L, "first");
          put(out, "key", Record.NO_EXPIRY, "second");
          put(out, "other", Record.NO_EXPIRY, "new");
        });
    try (TestStore store = new TestStore(IN_2023);
        Importer importer = new Importer(store.engine)) {
      store.set(0, "other", "old", 4_102_444_800_123L);
      store.set(0, "mine", "kept", Record.NO_EXPIRY);
      store.load(file, importer);
      assertThat(store.all(0))
          .containsEntry("key", "second")
          .containsEntry("other", "new")
          .containsEntry("mine", "kept")
          .hasSize(3);
    }
  }

  @Test
  void aKeyIsAsIdleAsItWas() throws IOException {
    byte[] file =
        file(out -> {
          RdbAccess idle = new RdbAccess(3600, RdbAccess.UNKNOWN);
          out.string(Bytes.utf8("idle"), Record.NO_EXPIRY, idle, Bytes.utf8("value"));
          put(out, "fresh", Record.NO_EXPIRY, "value");
        });
    try (TestStore store = new TestStore(IN_2023);
        Importer importer = new Importer(store.engine)) {
      store.load(file, importer);
      assertThat(store.idleMillis("idle")).isEqualTo(3_600_000);
      assertThat(store.idleMillis("fresh")).isZero();
    }
  }

  @Test
  void aDatabaseTooManyIsAnErrorWithItsPlace() throws IOException {
    byte[] file =
        file(out -> {
          out.database(4, 1, 0);
          put(out, "key", Record.NO_EXPIRY, "value");
        });
    try (TestStore store = new TestStore(IN_2023);
        Importer importer = new Importer(store.engine)) {
      assertThatThrownBy(() -> store.load(file, importer))
          .isInstanceOf(RdbException.class)
          .hasMessage("byte 14: database 4, where there are only 4");
    }
  }

  /// The error is found when the batch is put into the store, and still names the right entry.
  @Test
  void aMalformedValueIsToldByItsOwnPlaceAndKey() throws IOException {
    byte[] file =
        file(out -> {
          put(out, "before", Record.NO_EXPIRY, "value");
          DumpPayload malformed =
              new DumpPayload(RdbType.STRING, Bytes.of((byte) 0xc3, (byte) 1, (byte) 9, (byte) 7));
          out.value(Bytes.utf8("cart"), Record.NO_EXPIRY, RdbAccess.NONE, malformed);
          put(out, "after", Record.NO_EXPIRY, "value");
        });
    try (TestStore store = new TestStore(IN_2023);
        Importer importer = new Importer(store.engine)) {
      assertThatThrownBy(() -> store.load(file, importer))
          .isInstanceOf(RdbException.class)
          .hasMessage("byte 23: Bad data format, in the string at key \"cart\" of database 0");
      assertThat(store.all(0)).containsEntry("before", "value").hasSize(1);
    }
  }

  @Test
  void aBatchIsOneFrameOfTheHistory() throws IOException {
    byte[] file =
        file(out -> {
          for (int i = 0; i < 320; i++) {
            put(out, "key:" + i, Record.NO_EXPIRY, "value");
          }
        });
    KeptLog log = new KeptLog();
    try (TestStore store = new TestStore(IN_2023, Storage.ofLog(log));
        Importer importer = new Importer(store.engine)) {
      store.load(file, importer);
      assertThat(log.frames()).hasSize(10);
      assertThat(log.effects()).hasSize(320).allMatch(Effect.Set.class::isInstance);
    }
  }

  private static String value(String number) {
    int i = Integer.parseInt(number);
    return "v".repeat(i % 7 == 6 ? 300_000 : i);
  }

  private static byte[] file(Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RdbFileWriter file = new RdbFileWriter(out, 10);
    content.write(file);
    file.end();
    return out.toByteArray();
  }

  private static void put(RdbFileWriter file, String key, long expiryMillis, String value)
      throws IOException {
    file.string(Bytes.utf8(key), expiryMillis, RdbAccess.NONE, Bytes.utf8(value));
  }
}
