package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

/// Users as client libraries know them, and as files keep them.
final class AccessTest {
  @TempDir private Path directory;

  @Test
  void jedisManagesUsersAndIsOne() throws IOException {
    try (RunningServer server = start();
        Jedis admin = new Jedis("127.0.0.1", server.server().port())) {
      admin.aclSetUser("alice", "on", ">pw", "~a:*", "+@read", "+set", "&news");
      assertThat(admin.aclUsers()).containsExactly("alice", "default");
      assertThat(admin.aclGetUser("alice").getKeys()).isEqualTo("~a:*");
      assertThat(admin.aclGetUser("alice").getCommands()).isEqualTo("-@all +@read +set");
      assertThat(admin.aclCat()).contains("sortedset");
      assertThat(admin.aclGenPass()).hasSize(64);
      var config = DefaultJedisClientConfig.builder().user("alice").password("pw").build();
      var address = new HostAndPort("127.0.0.1", server.server().port());
      try (Jedis alice = new Jedis(address, config)) {
        assertThat(alice.set("a:1", "v")).isEqualTo("OK");
        assertThatThrownBy(() -> alice.get("b")).isInstanceOf(JedisAccessControlException.class);
      }
      assertThat(admin.aclLog().getFirst().getReason()).isEqualTo("key");
      assertThat(admin.aclLog().getFirst().getClientInfo()).containsEntry("user", "alice");
      var wrong = DefaultJedisClientConfig.builder().user("alice").password("no").build();
      assertThatThrownBy(() -> new Jedis(address, wrong).ping())
          .isInstanceOf(JedisAccessControlException.class);
    }
  }

  @Test
  void lettuceAuthenticatesAgainWhenItReconnects() throws IOException {
    try (RunningServer server = start();
        Jedis admin = new Jedis("127.0.0.1", server.server().port())) {
      admin.aclSetUser("alice", "on", ">pw", "~*", "+@all");
      RedisURI uri =
          RedisURI.builder()
              .withHost("127.0.0.1")
              .withPort(server.server().port())
              .withAuthentication("alice", "pw")
              .withTimeout(Duration.ofSeconds(30))
              .build();
      try (RedisClient client = RedisClient.create(uri);
          var connection = client.connect()) {
        RedisCommands<String, String> alice = connection.sync();
        assertThat(alice.aclWhoami()).isEqualTo("alice");
        admin.sendCommand(Protocol.Command.CLIENT, "KILL", "USER", "alice");
        await().ignoreExceptions().until(() -> alice.aclWhoami().equals("alice"));
        admin.aclSetUser("alice", "-get");
        assertThatThrownBy(() -> alice.get("k"))
            .isInstanceOf(RedisCommandExecutionException.class)
            .hasMessageStartingWith("NOPERM User alice");
      }
    }
  }

  @Test
  void theFileOfUsersIsLoadedAndSaved() throws IOException {
    Path file = directory.resolve("users.acl");
    Files.writeString(file, "user alice on nopass ~* +@all\nuser bob on nopass\n");
    try (RunningServer server = start("--aclfile", file.toString());
        Jedis admin = new Jedis("127.0.0.1", server.server().port());
        Jedis bob = new Jedis("127.0.0.1", server.server().port())) {
      assertThat(admin.aclUsers()).containsExactly("alice", "bob", "default");
      bob.auth("bob", "any");
      admin.aclSetUser("carol", "on");
      assertThat(admin.aclSave()).isEqualTo("OK");
      Files.writeString(file, Files.readString(file).replaceAll("user bob.*\n", ""));
      assertThat(admin.aclLoad()).isEqualTo("OK");
      assertThat(admin.aclUsers()).containsExactly("alice", "carol", "default");
      assertThatThrownBy(bob::ping).isInstanceOf(RuntimeException.class);
      Files.writeString(file, "user alice on\nuser x +nothing\n");
      assertThatThrownBy(admin::aclLoad)
          .isInstanceOf(JedisDataException.class)
          .hasMessageContaining(file + ":2: Error in rule '+nothing'");
      assertThat(admin.aclUsers()).containsExactly("alice", "carol", "default");
    }
    assertThatThrownBy(() -> start("--aclfile", file.toString()))
        .hasMessageContaining(file + ":2: Error in rule '+nothing'");
  }

  @Test
  void aRelativeFileOfUsersIsInTheDirectoryOfTheDataAndOutlivesARestart() throws IOException {
    Files.createFile(directory.resolve("users.acl"));
    try (RunningServer server = start("--dir", directory.toString(), "--aclfile", "users.acl");
        Jedis admin = new Jedis("127.0.0.1", server.server().port())) {
      admin.aclSetUser("alice", "on", ">pw", "~a*", "+get");
      assertThat(admin.aclSave()).isEqualTo("OK");
    }
    assertThat(directory.resolve("users.acl")).content().contains("user alice on");
    try (RunningServer server = start("--dir", directory.toString(), "--aclfile", "users.acl");
        Jedis alice = new Jedis("127.0.0.1", server.server().port())) {
      assertThat(alice.auth("alice", "pw")).isEqualTo("OK");
      assertThat(alice.get("a")).isNull();
      assertThatThrownBy(() -> alice.get("b")).hasMessageStartingWith("NOPERM");
    }
  }

  @Test
  void theConfigurationKeepsUsers() throws IOException {
    Path file = directory.resolve("karst.conf");
    Files.writeString(file, "user alice on >secret ~a* +get (+set ~b)\n");
    String alice;
    try (RunningServer server = start(file);
        Jedis admin = new Jedis("127.0.0.1", server.server().port())) {
      alice = admin.aclList().getFirst();
      assertThat(alice).startsWith("user alice on").contains("~a*").endsWith("+set)");
      admin.aclSetUser("bob", "on", "nopass");
      admin.aclDelUser("nobody");
      assertThat(admin.configRewrite()).isEqualTo("OK");
      assertThat(admin.configGet("user").get("user")).doesNotContain("secret");
    }
    assertThat(Files.readString(file)).doesNotContain("secret").doesNotContain("user default");
    try (RunningServer server = start(file);
        Jedis admin = new Jedis("127.0.0.1", server.server().port())) {
      assertThat(admin.aclUsers()).containsExactly("alice", "bob", "default");
      assertThat(admin.aclList().getFirst()).isEqualTo(alice);
    }
  }

  @Test
  void commandsHaveOtherNamesOrNone() throws IOException {
    try (RunningServer server =
            start("--rename-command", "CONFIG", "hidden", "--rename-command", "FLUSHALL", "");
        Jedis admin = new Jedis("127.0.0.1", server.server().port())) {
      assertThatThrownBy(() -> admin.configGet("port"))
          .hasMessageStartingWith("ERR unknown command 'CONFIG'");
      assertThatThrownBy(admin::flushAll).hasMessageStartingWith("ERR unknown command");
      assertThat(
              admin.sendCommand(() -> "HIDDEN".getBytes(StandardCharsets.US_ASCII), "GET", "port"))
          .isNotNull();
      assertThat(admin.aclSetUser("alice", "on", "nopass", "+config|get")).isEqualTo("OK");
      admin.auth("alice", "any");
      assertThat(
              admin.sendCommand(() -> "hidden".getBytes(StandardCharsets.US_ASCII), "GET", "port"))
          .isNotNull();
    }
    assertThatThrownBy(() -> start("--rename-command", "NOTHING", "x"))
        .hasMessage("rename-command: there is no command 'NOTHING' to rename");
    assertThatThrownBy(() -> start("--rename-command", "GET", "set"))
        .hasMessage("rename-command: there is a command 'set' already");
  }

  private RunningServer start(Path file) throws IOException {
    return start(List.of(file.toString(), "--memory-only", "yes", "--port", "0"));
  }

  private static RunningServer start(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("--memory-only", "yes", "--port", "0"));
    words.addAll(List.of(options));
    return start(words);
  }

  private static RunningServer start(List<String> words) throws IOException {
    return RunningServer.open(CommandLine.parse(words).config(), Clock.system());
  }
}
