package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.SafeEncoder;

/// `BACKUP`, as a client sees it.
class BackupTest {
  @TempDir Path folder;
  private RunningServer server;
  private Jedis jedis;

  @AfterEach
  void stop() throws IOException {
    jedis.close();
    server.close();
  }

  private void start(Path dir, String appendonly) throws IOException {
    List<String> options =
        List.of("--port", "0", "--bind", "127.0.0.1", "--save", "", "--dir", dir.toString());
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--appendonly", appendonly));
    server = RunningServer.open(CommandLine.parse(all).config(), Clock.system());
    jedis = new Jedis("127.0.0.1", server.server().port(), 60_000);
  }

  @Test
  void isTheStoreAsItWasWhenItWasSealed() throws IOException {
    sealed("yes");
  }

  @Test
  void needsNoHistory() throws IOException {
    sealed("no");
  }

  private void sealed(String appendonly) throws IOException {
    Path dir = folder.resolve("data");
    start(dir, appendonly);
    jedis.set("before", "1");
    jedis.functionLoad(library("kept", 7));
    assertThat(state()).isEqualTo("idle");
    assertThat(backup("START")).isEqualTo("OK");
    assertThat(state()).isEqualTo("incrementing");
    assertThat(files()).isNotEmpty().allSatisfy(file -> assertThat(Path.of(file)).isRegularFile());
    jedis.set("between", "2");
    jedis.functionLoad(library("more", 8));
    jedis.save(); // What is before the checkpoint is kept nevertheless.
    jedis.set("between", "3");
    assertThatThrownBy(() -> backup("START")).hasMessageContaining("is incrementing");
    assertThat(backup("SEAL")).isEqualTo("OK");
    jedis.set("after", "4");
    jedis.functionDelete("kept");
    jedis.functionLoad(library("late", 9));
    assertThat(state()).isEqualTo("sealed");
    assertThat(files()).contains(dir.resolve("backupdir/karst.format").toString());

    Path copy = folder.resolve("copy");
    copy(dir.resolve("backupdir"), copy);
    assertThatThrownBy(() -> backup("ABORT")).hasMessageContaining("it is sealed");
    assertThat(backup("CLEANUP")).isEqualTo("OK");
    assertThat(files()).isEmpty();
    assertThat(state()).isEqualTo("idle");
    stop();
    start(copy, "yes");
    assertThat(jedis.mget("before", "between", "after")).containsExactly("1", "3", null);
    assertThat(jedis.fcall("kept", List.of(), List.of())).isEqualTo(7L);
    assertThat(jedis.fcall("more", List.of(), List.of())).isEqualTo(8L);
    assertThatThrownBy(() -> jedis.fcall("late", List.of(), List.of()))
        .hasMessageContaining("Function not found");
  }

  /// A library of one function, both of a name.
  private static String library(String name, int answer) {
    return "#!lua name="
        + name
        + "\nredis.register_function('"
        + name
        + "', function() return "
        + answer
        + " end)";
  }

  @Test
  void anAbortedOneLeavesNothing() throws IOException {
    Path dir = folder.resolve("data");
    start(dir, "yes");
    jedis.set("k", "v");
    assertThatThrownBy(() -> backup("SEAL")).hasMessageContaining("it is idle");
    assertThat(backup("START")).isEqualTo("OK");
    assertThat(backup("ABORT")).isEqualTo("OK");
    assertThat(state()).isEqualTo("failed");
    assertThat(dir.resolve("backupdir")).isEmptyDirectory();
    assertThat(backup("START")).isEqualTo("OK");
    assertThat(backup("ABORT")).isEqualTo("OK");
    assertThat(backup("CLEANUP")).isEqualTo("OK");
    assertThat(state()).isEqualTo("idle");
  }

  @Test
  void nothingIsReplaced() throws IOException {
    Path dir = folder.resolve("data");
    start(dir, "yes");
    Files.createDirectories(dir.resolve("other"));
    Files.writeString(dir.resolve("other/file"), "mine");
    jedis.configSet("backupdirname", "other");
    assertThatThrownBy(() -> backup("START")).hasMessageContaining("is not empty");
    assertThat(state()).isEqualTo("failed");
    assertThat(backup("CLEANUP")).isEqualTo("OK");
    assertThat(dir.resolve("other/file")).hasContent("mine");
    assertThatThrownBy(() -> jedis.configSet("backupdirname", "../other"))
        .hasMessageContaining("argument must be a name, not a path");
  }

  private String backup(String verb) {
    return SafeEncoder.encode((byte[]) jedis.sendCommand(() -> SafeEncoder.encode("BACKUP"), verb));
  }

  private String state() {
    return strings("STATUS").get(1);
  }

  private List<String> files() {
    return strings("LIST");
  }

  @SuppressWarnings("unchecked")
  private List<String> strings(String verb) {
    Object reply = jedis.sendCommand(() -> SafeEncoder.encode("BACKUP"), verb);
    return ((List<byte[]>) reply).stream().map(SafeEncoder::encode).toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (Path file : walk.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
