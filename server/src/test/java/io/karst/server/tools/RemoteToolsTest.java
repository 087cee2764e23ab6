package io.karst.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.memory.Record;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbFileWriter;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import io.karst.value.DumpPayload;
import io.karst.value.RdbType;
import io.karst.value.RdbVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The verbs, on a running server of this build.
@Timeout(120)
final class RemoteToolsTest {
  private static final long IN_2100 = 4_102_444_800_123L;

  @TempDir private Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    server = open();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsImportedIsExportedWithEveryExpiry() throws IOException {
    Path file = file(5_000);
    ToolRun imported = run(server, "import", file);
    assertThat(imported.err()).isEmpty();
    assertThat(imported.out()).startsWith("imported 5,001 keys in ").contains("left out 1 that");
    Path copy = folder.resolve("copy.rdb");
    ToolRun exported = run(server, "export", "--rdb", copy);
    assertThat(exported.err()).isEmpty();
    assertThat(exported.out()).startsWith("exported 5,001 keys, ");
    try (RunningServer other = open();
        RespClient client = connect(other)) {
      assertThat(run(other, "import", copy).out()).startsWith("imported 5,001 keys");
      assertThat(client.ask("DBSIZE")).isEqualTo(new Answer.Int(5_000));
      assertThat(client.ask("GET", "key:77")).isEqualTo(bulk("value 77"));
      assertThat(client.ask("PEXPIRETIME", "key:77")).isEqualTo(new Answer.Int(IN_2100));
      assertThat(client.ask("PEXPIRETIME", "key:78")).isEqualTo(new Answer.Int(-1));
      client.ask("SELECT", "3");
      assertThat(client.ask("GET", "elsewhere")).isEqualTo(bulk("x".repeat(2_000_000)));
    }
  }

  @Test
  void aKeyThatExistsIsAnErrorUnlessToldOtherwise() throws IOException {
    Path file = file(3);
    try (RespClient client = connect(server)) {
      client.ask("SET", "key:1", "before");
      ToolRun refused = run(server, "import", file);
      assertThat(refused.code()).isOne();
      assertThat(refused.err())
          .startsWith("karst: " + file + ": byte ")
          .endsWith(
              "the key exists already (see --replace), in the string at key \"key:1\""
                  + " of database 0\n");
      assertThat(run(server, "import", file, "--replace").code()).isZero();
      assertThat(client.ask("GET", "key:1")).isEqualTo(bulk("value 1"));
    }
  }

  @Test
  void whatTheServerDoesNotTakeIsToldByKey() throws IOException {
    Path file = folder.resolve("set.rdb");
    try (OutputStream out = Files.newOutputStream(file)) {
      RdbFileWriter rdb = new RdbFileWriter(out, RdbVersion.WRITTEN);
      byte[] twice = {2, 1, 'a', 1, 'a'};
      DumpPayload set = new DumpPayload(RdbType.SET, Bytes.of(twice));
      rdb.value(Bytes.utf8("cart"), Record.NO_EXPIRY, RdbAccess.NONE, set);
      rdb.end();
    }
    assertThat(run(server, "import", file).err())
        .isEqualTo(
            "karst: "
                + file
                + ": byte 9: Bad data format, in the set at key \"cart\" of database 0\n");
    Path tooMany = folder.resolve("database.rdb");
    try (OutputStream out = Files.newOutputStream(tooMany)) {
      RdbFileWriter rdb = new RdbFileWriter(out, RdbVersion.WRITTEN);
      rdb.database(99, 1, 0);
      rdb.string(Bytes.utf8("key"), Record.NO_EXPIRY, RdbAccess.NONE, Bytes.utf8("value"));
      rdb.end();
    }
    assertThat(run(server, "import", tooMany).err())
        .contains(tooMany + ": byte 15: database 99: ERR DB index is out of range");
  }

  @Test
  void aPasswordIsAskedForAndTaken() throws IOException {
    server.server().config().set(List.of("requirepass", "secret"));
    Path file = file(3);
    ToolRun without = run(server, "import", file);
    assertThat(without.code()).isOne();
    assertThat(without.err()).contains("NOAUTH").hasLineCount(1);
    assertThat(run(server, "import", file, "--password", "wrong").err()).contains("WRONGPASS");
    assertThat(run(server, "import", file, "--password", "secret").code()).isZero();
    Path copy = folder.resolve("copy.rdb");
    assertThat(run(server, "export", "--rdb", copy).err()).contains("NOAUTH");
    assertThat(copy).doesNotExist();
    assertThat(run(server, "export", "--rdb", copy, "--password", "secret").code()).isZero();
  }

  @Test
  void whereNobodyListensIsToldInOneLine() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ToolRun run = ToolRun.of("import", file(1), "--host", "localhost", "--port", port);
    assertThat(run.code()).isOne();
    assertThat(run.err())
        .isEqualTo("karst: cannot connect to localhost:" + port + ": Connection refused\n");
  }

  private static RunningServer open() throws IOException {
    Config config = Config.memoryOnly();
    config.set(NetworkDirectives.PORT, 0);
    config.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    return RunningServer.open(config, Clock.system());
  }

  private static ToolRun run(RunningServer server, Object... words) {
    Object[] all = new Object[words.length + 4];
    System.arraycopy(words, 0, all, 0, words.length);
    List<Object> target = List.of("--host", "127.0.0.1", "--port", server.server().port());
    System.arraycopy(target.toArray(), 0, all, words.length, 4);
    return ToolRun.of(all);
  }

  private static RespClient connect(RunningServer server) throws IOException {
    RemoteStore address = new RemoteStore();
    address.host = "127.0.0.1";
    address.port = server.server().port();
    return RespClient.connect(address);
  }

  private static Answer bulk(String text) {
    return new Answer.Bulk(Bytes.utf8(text));
  }

  /// Keys, every other one with an expiry, and one that is due; a large one in database 3.
  private Path file(int count) throws IOException {
    Path path = folder.resolve("dump.rdb");
    try (OutputStream out = Files.newOutputStream(path)) {
      RdbFileWriter file = new RdbFileWriter(out, RdbVersion.WRITTEN);
      for (int i = 0; i < count; i++) {
        long expiry = i % 2 == 0 ? Record.NO_EXPIRY : IN_2100;
        file.string(Bytes.utf8("key:" + i), expiry, RdbAccess.NONE, Bytes.utf8("value " + i));
      }
      file.string(Bytes.utf8("due"), 1_000_000, RdbAccess.NONE, Bytes.utf8("value"));
      file.database(3, 1, 0);
      RdbAccess idle = new RdbAccess(1000, RdbAccess.UNKNOWN);
      Bytes large = Bytes.utf8("x".repeat(2_000_000));
      file.string(Bytes.utf8("elsewhere"), Record.NO_EXPIRY, idle, large);
      file.end();
    }
    return path;
  }
}
