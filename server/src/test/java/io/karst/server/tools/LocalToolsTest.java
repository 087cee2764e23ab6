package io.karst.server.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.base.Limits;
import io.karst.engine.Engine;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbFileReader;
import io.karst.rdb.RdbFileWriter;
import io.karst.server.StoreOptions;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.value.DumpPayload;
import io.karst.value.RdbType;
import io.karst.value.RdbValueWriter;
import io.karst.value.RdbVersion;
import io.karst.value.RdbWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verbs, on stores that no server has open.
final class LocalToolsTest {
  private static final long IN_2100 = 4_102_444_800_123L;

  @TempDir private Path folder;

  @Test
  void whatIsImportedIsExported() throws IOException {
    Path file = file("dump.rdb", 3_000);
    Path store = folder.resolve("store");
    ToolRun imported = ToolRun.of("import", file, "--dir", store);
    assertThat(imported.err()).isEmpty();
    assertThat(imported.out())
        .matches("imported 3,000 keys in [0-9.]+ s; left out 1 that was due\n");
    assertThat(imported.code()).isZero();
    Path copy = folder.resolve("copy.rdb");
    ToolRun exported = ToolRun.of("export", "--rdb", copy, "--dir", store);
    assertThat(exported.out()).startsWith("exported 3,000 keys, ");
    assertThat(exported.code()).isZero();
    assertThat(content(copy)).isEqualTo(contentBut(file, "due"));
    assertThat(names(folder)).containsExactly("copy.rdb", "dump.rdb", "store");
  }

  @Test
  void aStoreThatHasKeysIsNotImportedToUnlessTold() throws IOException {
    Path store = folder.resolve("store");
    ToolRun.of("import", file("first.rdb", 3), "--dir", store);
    Path second = file("second.rdb", 5);
    ToolRun refused = ToolRun.of("import", second, "--dir", store);
    assertThat(refused.code()).isOne();
    assertThat(refused.err())
        .isEqualTo(
            "karst: "
                + store
                + " has 3 keys already; --replace puts those of the file over them\n");
    assertThat(ToolRun.of("import", second, "--dir", store, "--replace").code()).isZero();
    Path copy = folder.resolve("copy.rdb");
    assertThat(ToolRun.of("export", "--rdb", copy, "--dir", store).out()).startsWith("exported 5");
  }

  @Test
  void aServerKeepsTheToolsOut() throws IOException {
    Path store = folder.resolve("store");
    try (Engine engine = open(store)) {
      assertThat(engine.databases()).isEqualTo(16);
      Path file = file("dump.rdb", 1);
      for (ToolRun run :
          List.of(
              ToolRun.of("import", file, "--dir", store),
              ToolRun.of("export", "--rdb", file, "--dir", store))) {
        assertThat(run.code()).isOne();
        assertThat(run.err()).contains(store + " is in use by a process").hasLineCount(1);
      }
    }
  }

  @Test
  void whatIsWrongWithAFileIsOneLineWithItsPlace() throws IOException {
    Path store = folder.resolve("store");
    Path file = file("dump.rdb", 3);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2]++;
    Path damaged = Files.write(folder.resolve("damaged.rdb"), bytes);
    ToolRun run = ToolRun.of("import", damaged, "--dir", store);
    assertThat(run.code()).isOne();
    assertThat(run.err()).startsWith("karst: " + damaged + ": byte ").hasLineCount(1);
    assertThat(ToolRun.of("import", folder.resolve("absent.rdb"), "--dir", store).err())
        .isEqualTo("karst: " + folder.resolve("absent.rdb") + ": no such file or directory\n");
    assertThat(ToolRun.of("export", "--rdb", file, "--dir", folder.resolve("absent")).err())
        .isEqualTo("karst: " + folder.resolve("absent") + ": no such file or directory\n");
    assertThat(Files.readAllBytes(file)).hasSize(bytes.length);
  }

  @Test
  void valuesOfOtherTypesAreAnErrorOrSkipped() throws IOException {
    Path file = folder.resolve("types.rdb");
    try (OutputStream out = Files.newOutputStream(file)) {
      RdbFileWriter rdb = new RdbFileWriter(out, RdbVersion.WRITTEN);
      DumpPayload module = new DumpPayload(RdbType.MODULE_2, Bytes.of((byte) 1, (byte) 0));
      rdb.value(Bytes.utf8("module"), Record.NO_EXPIRY, RdbAccess.NONE, module);
      rdb.string(Bytes.utf8("key"), Record.NO_EXPIRY, RdbAccess.NONE, Bytes.utf8("value"));
      rdb.end();
    }
    ToolRun refused = ToolRun.of("import", file, "--dir", folder.resolve("first"));
    assertThat(refused.code()).isOne();
    assertThat(refused.err())
        .isEqualTo(
            "karst: "
                + file
                + ": byte 9: this build does not know the type of"
                + " the value of a module at key \"module\" of database 0\n");
    ToolRun skipped =
        ToolRun.of("import", file, "--skip-unsupported", "--dir", folder.resolve("second"));
    assertThat(skipped.code()).isZero();
    assertThat(skipped.out())
        .matches("imported 1 keys in [0-9.]+ s; skipped 1 × value of a module\n");
  }

  @Test
  void fieldsThatExpireAreExportedInTheVersionThatHasThem() throws IOException {
    Path file = folder.resolve("fields.rdb");
    long later = 4_102_444_800_000L;
    RdbWriter hash = new RdbWriter(64);
    RdbValueWriter writer = new RdbValueWriter(hash, false);
    writer.beginExpiringHash(later, 1);
    writer.expiringHashField(later, Bytes.utf8("field"), Bytes.utf8("value"), later);
    try (OutputStream out = Files.newOutputStream(file)) {
      RdbFileWriter rdb = new RdbFileWriter(out, RdbVersion.NEWEST);
      DumpPayload value = new DumpPayload(RdbType.HASH_EXPIRING, hash.bytes());
      rdb.value(Bytes.utf8("hash"), Record.NO_EXPIRY, RdbAccess.NONE, value);
      rdb.end();
    }
    Path store = folder.resolve("store");
    Path exported = folder.resolve("exported.rdb");
    assertThat(ToolRun.of("import", file, "--dir", store).code()).isZero();
    ToolRun run = ToolRun.of("export", "--rdb", exported, "--dir", store);
    assertThat(run.out())
        .startsWith("exported 1 keys")
        .endsWith("The file is of version 12, as fields of hashes expire.\n");
    assertThat(Files.readString(exported, StandardCharsets.ISO_8859_1)).startsWith("REDIS0012");
  }

  @Test
  void wordsThatAreNoneOfTheVerbsAreToldInOneLine() {
    assertThat(ToolRun.of("import", "--dir", "x"))
        .isEqualTo(
            new ToolRun(
                2, "", "karst: Missing required parameter: 'FILE'; see ./karst import --help\n"));
    for (List<String> words :
        List.of(
            List.of("import", "f", "--dirr", "x"),
            List.of("import", "f", "--dir", "x", "--host", "y"),
            List.of("export"),
            List.of("inspect"),
            List.of("restore", "x"))) {
      ToolRun run = ToolRun.of(words.toArray());
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).startsWith("karst: ").endsWith(" --help\n").hasLineCount(1);
    }
  }

  @Test
  void everyVerbHasHelp() {
    for (String verb : List.of("import", "export", "inspect", "inspect wal", "restore")) {
      List<Object> words = new ArrayList<>(List.of((Object[]) verb.split(" ", -1)));
      words.add("--help");
      ToolRun run = ToolRun.of(words.toArray());
      assertThat(run.code()).isZero();
      assertThat(run.out()).startsWith("usage: ./karst " + verb).contains("-h, --help");
    }
  }

  @Test
  void theTierIsPrinted() throws IOException {
    Path store = folder.resolve("store");
    ToolRun.of("import", file("dump.rdb", 20), "--dir", store);
    ToolRun run = ToolRun.of("inspect", "lsm", store, "--keys=key:1", "--limit", "3");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("checkpoint at LSN 0, ", "family data: about ")
        .contains("database 0 (id 0): 20 keys, 10 of them expire\n")
        .contains(
            "  \"key:1\"  string of 8 bytes, expires 4102444800123 (2100-01-01T00:00:00.123Z)")
        .contains("  \"key:10\"  string of 9 bytes, LSN 0\n")
        .doesNotContain("key:2");
  }

  @Test
  void theHistoryIsPrintedFrameByFrame() throws IOException {
    Path store = folder.resolve("store");
    try (Engine engine = open(store)) {
      put(engine, "cart", "apples", IN_2100);
      put(engine, "other", "value", Record.NO_EXPIRY);
      with(engine, "cart", Tx::delete);
    }
    ToolRun all = ToolRun.of("inspect", "wal", store);
    assertThat(all.code()).isZero();
    assertThat(all.out())
        .contains("  db 0  SET \"cart\" \"apples\" PXAT 4102444800123 (2100-01-01T00:00:00.123Z)\n")
        .contains("  db 0  SET \"other\" \"value\"\n")
        .contains("  db 0  DEL \"cart\"\n")
        .contains("3 frames, 3 changes, up to LSN ");
    ToolRun one = ToolRun.of("inspect", "wal", store, "--key", "cart", "--limit", "1");
    assertThat(one.out())
        .contains("SET \"cart\"")
        .doesNotContain("other", "DEL")
        .contains("3 frames, 3 changes");
  }

  @Test
  void aDamagedHistoryIsPrintedUpToThereAndTold() throws IOException {
    Path store = folder.resolve("store");
    try (Engine engine = open(store)) {
      for (int i = 0; i < 100; i++) {
        put(engine, "key:" + i, "value", Record.NO_EXPIRY);
      }
      engine.log().awaitDurable(engine.log().tail());
      put(engine, "last", "value", Record.NO_EXPIRY);
    }
    Path segment = files(store.resolve("wal")).getFirst();
    byte[] bytes = Files.readAllBytes(segment);
    int at = new String(bytes, ISO_8859_1).indexOf("key:50");
    bytes[at]++;
    Files.write(segment, bytes);
    ToolRun run = ToolRun.of("inspect", "wal", store);
    assertThat(run.code()).isOne();
    assertThat(run.out())
        .contains("SET \"key:49\"")
        .doesNotContain("SET \"key:51\"")
        .contains("50 frames", "DAMAGED: ");
  }

  @Test
  void aBackupBecomesAStore() throws IOException {
    Path backup = backup();
    Path store = folder.resolve("restored");
    ToolRun run = ToolRun.of("restore", backup, store);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("restored 500 keys to " + store);
    assertThat(run.code()).isZero();
    try (Engine engine = open(store)) {
      assertThat(engine.size(0)).isEqualTo(500);
      String last = with(engine, "key:499", (tx, key) -> tx.string(key).utf8());
      assertThat(last).isEqualTo("after the checkpoint");
    }
    ToolRun again = ToolRun.of("restore", backup, store);
    assertThat(again.code()).isOne();
    assertThat(again.err()).isEqualTo("karst: " + store + " is not empty\n");
    Files.delete(backup.resolve("karst.format"));
    assertThat(ToolRun.of("restore", backup, folder.resolve("new")).err())
        .contains("is no whole backup of a store");
    assertThat(ToolRun.of("restore", folder, folder.resolve("new")).err())
        .isEqualTo("karst: " + folder + " is no whole backup of a store\n");
  }

  @Test
  void aDamagedBackupIsFoundOutAndLeavesNothingBehind() throws IOException {
    Path backup = backup();
    List<Path> tables =
        files(backup.resolve("lsm")).stream().filter(p -> p.toString().endsWith(".sst")).toList();
    assertThat(tables).isNotEmpty();
    Path store = folder.resolve("restored");
    for (Path table : tables) {
      byte[] bytes = Files.readAllBytes(table);
      byte[] damaged = bytes.clone();
      damaged[20] ^= 1;
      // Not in place: a hard link would damage the original.
      Files.delete(table);
      Files.write(table, damaged);
      ToolRun run = ToolRun.of("restore", backup, store);
      Files.delete(table);
      Files.write(table, bytes);
      assertThat(run.code()).as("%s is damaged", table.getFileName()).isOne();
      assertThat(run.err()).startsWith("karst: ").hasLineCount(1);
      assertThat(store).doesNotExist();
    }
    assertThat(ToolRun.of("restore", backup, store).code()).isZero();
  }

  /// Of 500 keys, the last changed after the checkpoint.
  private Path backup() throws IOException {
    Path backup = folder.resolve("backup");
    try (Engine engine = open(folder.resolve("original"))) {
      for (int i = 0; i < 500; i++) {
        put(engine, "key:" + i, "value " + i, i % 2 == 0 ? Record.NO_EXPIRY : IN_2100);
      }
      engine.checkpoint();
      put(engine, "key:499", "after the checkpoint", Record.NO_EXPIRY);
      engine.backup(backup);
    }
    return backup;
  }

  private static Engine open(Path directory) throws IOException {
    Config config = Config.defaults();
    config.set(DiskDirectives.DIR, directory.toString());
    return Engine.open(StoreOptions.of(config, Clock.system()));
  }

  private static void put(Engine engine, String key, String value, long expiryMillis) {
    with(
        engine,
        key,
        (tx, k) -> {
          tx.putString(k, Bytes.utf8(value), expiryMillis);
          return true;
        });
  }

  private interface Call<T> {
    T apply(Tx tx, Key key);
  }

  private static <T> T with(Engine engine, String name, Call<T> call) {
    Key[] key = {Key.of(name)};
    try (Tx tx = engine.newTx()) {
      tx.begin(System.currentTimeMillis(), 0);
      tx.lock(key, 1);
      try {
        return call.apply(tx, key[0]);
      } finally {
        tx.end();
      }
    }
  }

  /// A file of `count` keys, every other one with an expiry, and one that is due.
  private Path file(String name, int count) throws IOException {
    Path path = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(path)) {
      RdbFileWriter file = new RdbFileWriter(out, RdbVersion.WRITTEN);
      file.database(0, count, count / 2);
      for (int i = 0; i < count; i++) {
        long expiry = i % 2 == 0 ? Record.NO_EXPIRY : IN_2100;
        file.string(Bytes.utf8("key:" + i), expiry, RdbAccess.NONE, Bytes.utf8("value " + i));
      }
      file.string(Bytes.utf8("due"), 1_000_000, RdbAccess.NONE, Bytes.utf8("value"));
      file.end();
    }
    return path;
  }

  private static Map<String, String> content(Path file) {
    Map<String, String> content = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      new RdbFileReader()
          .read(
              in,
              entry ->
                  content.put(
                      entry.database() + " " + entry.key().utf8(),
                      entry.value().string(Limits.STRING_SIZE_MAX).utf8()
                          + " "
                          + entry.expiryMillis()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return content;
  }

  private static Map<String, String> contentBut(Path file, String key) {
    Map<String, String> content = content(file);
    content.remove("0 " + key);
    return content;
  }

  private static List<String> names(Path directory) throws IOException {
    return files(directory).stream().map(path -> path.getFileName().toString()).toList();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted(Comparator.comparing(Path::toString)).toList();
    }
  }
}
