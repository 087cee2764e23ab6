package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What users may do, as their connections find out.
final class AccessTest {
  private static final String OK = "+OK\r\n";
  private static final String NO_KEY = "-NOPERM No permissions to access a key\r\n";

  private WireServer server;
  private WireClient admin;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.withAll();
    admin = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    admin.close();
    server.close();
  }

  @Test
  void aCommandThatIsNotOpenIsRefused() throws IOException {
    try (WireClient alice = as("alice", "~a:*", "+@read", "+set")) {
      assertThat(alice.ask(request("SET", "a:1", "v"))).isEqualTo(OK);
      assertThat(alice.ask(request("GET", "a:1"))).isEqualTo("$1\r\nv\r\n");
      assertThat(alice.ask(request("GET", "b"))).isEqualTo(NO_KEY);
      assertThat(alice.ask(request("MGET", "a:1", "b"))).isEqualTo(NO_KEY);
      assertThat(alice.ask(request("DEL", "a:1")))
          .isEqualTo("-NOPERM User alice has no permissions to run the 'del' command\r\n");
      assertThat(alice.ask(request("CONFIG", "GET", "*")))
          .isEqualTo("-NOPERM User alice has no permissions to run the 'config|get' command\r\n");
    }
  }

  @Test
  void aPipelineIsRefusedCommandByCommand() throws IOException {
    try (WireClient alice = as("alice", "~a*", "+get", "+set")) {
      alice.send(request("SET", "a", "1") + request("SET", "b", "2") + request("GET", "a"));
      assertThat(alice.reply()).isEqualTo(OK);
      assertThat(alice.reply()).isEqualTo(NO_KEY);
      assertThat(alice.reply()).isEqualTo("$1\r\n1\r\n");
    }
    assertThat(admin.ask(request("EXISTS", "b"))).isEqualTo(":0\r\n");
  }

  @Test
  void newRightsHoldFromTheNextCommandOn() throws IOException {
    try (WireClient alice = as("alice", "~*", "+get")) {
      assertThat(alice.ask(request("GET", "a"))).isEqualTo("$-1\r\n");
      admin("ACL", "SETUSER", "alice", "-get");
      assertThat(alice.ask(request("GET", "a"))).startsWith("-NOPERM");
      admin("ACL", "SETUSER", "alice", "+get", "off");
      assertThat(alice.ask(request("GET", "a"))).isEqualTo("$-1\r\n");
    }
  }

  @Test
  void theConnectionsOfARemovedUserEnd() throws IOException {
    try (WireClient alice = as("alice", "~*", "+@all");
        WireClient other = as("other", "~*", "+@all")) {
      alice.send(request("BLPOP", "list", "0"));
      await().until(() -> admin.ask(request("CLIENT", "LIST")).contains(" flags=b"));
      assertThat(admin.ask(request("ACL", "DELUSER", "alice", "nobody"))).isEqualTo(":1\r\n");
      assertThat(alice.isClosed()).isTrue();
      assertThat(other.ask(request("ACL", "DELUSER", "other"))).isEqualTo(":1\r\n");
      assertThat(other.isClosed()).isTrue();
    }
    assertThat(admin.ask(request("ACL", "DELUSER", "default"))).startsWith("-ERR The 'default'");
  }

  @Test
  void whoListensToAChannelThatIsNoLongerOpenIsCutOff() throws IOException {
    String rules = "+@all";
    try (WireClient channel = as("alice", rules, "allchannels");
        WireClient pattern = as("alice", rules);
        WireClient shard = as("alice", rules);
        WireClient kept = as("alice", rules);
        WireClient other = as("bob", rules, "allchannels")) {
      assertThat(channel.ask(request("SUBSCRIBE", "news", "jobs"))).contains("\r\nnews\r\n");
      assertThat(channel.reply()).contains("\r\njobs\r\n");
      assertThat(pattern.ask(request("PSUBSCRIBE", "news*"))).contains("psubscribe");
      assertThat(shard.ask(request("SSUBSCRIBE", "jobs"))).contains("ssubscribe");
      assertThat(kept.ask(request("SUBSCRIBE", "news"))).contains("subscribe");
      assertThat(other.ask(request("SUBSCRIBE", "jobs"))).contains("subscribe");
      admin("ACL", "SETUSER", "alice", "resetchannels", "&news", "&news*");
      assertThat(admin.ask(request("PUBLISH", "jobs", "secret"))).startsWith(":");
      assertThat(channel.isClosed()).isTrue();
      assertThat(shard.isClosed()).isTrue();
      assertThat(admin.ask(request("PUBLISH", "news", "open"))).startsWith(":");
      assertThat(kept.reply()).contains("\r\nopen\r\n");
      assertThat(pattern.reply()).contains("\r\nopen\r\n");
      assertThat(other.reply()).contains("\r\nsecret\r\n");
      admin("ACL", "SETUSER", "alice", "resetchannels", "&news", "(&news* +psubscribe)");
      assertThat(kept.ask(request("PING"))).contains("pong");
      assertThat(pattern.ask(request("PING"))).contains("pong");
      admin("ACL", "SETUSER", "alice", "clearselectors");
      assertThat(pattern.isClosed()).isTrue();
      assertThat(kept.ask(request("PING"))).contains("pong");
    }
  }

  @Test
  void whoTakesAChannelFromHimselfIsAnsweredBeforeHeIsCutOff() throws IOException {
    try (WireClient alice = as("alice", "+@all", "allchannels")) {
      assertThat(alice.ask(request("HELLO", "3"))).startsWith("%");
      assertThat(alice.ask(request("SUBSCRIBE", "news"))).startsWith(">");
      assertThat(alice.ask(request("ACL", "SETUSER", "alice", "resetchannels"))).isEqualTo(OK);
      assertThat(alice.isClosed()).isTrue();
    }
  }

  @Test
  void whoWaitsIsRefusedWhenTheKeyIsNoLongerOpen() throws IOException {
    try (WireClient alice = as("alice", "~list", "+blpop")) {
      alice.send(request("BLPOP", "list", "0"));
      await().until(() -> admin.ask(request("CLIENT", "LIST")).contains(" flags=b"));
      admin("ACL", "SETUSER", "alice", "resetkeys");
      assertThat(admin.ask(request("RPUSH", "list", "secret"))).isEqualTo(":1\r\n");
      assertThat(alice.reply()).isEqualTo(NO_KEY);
    }
    assertThat(admin.ask(request("LLEN", "list"))).isEqualTo(":1\r\n");
  }

  @Test
  void aTransactionIsCheckedWhenQueuedAndWhenRun() throws IOException {
    try (WireClient alice = as("alice", "~a", "+@transaction", "+incr")) {
      assertThat(alice.ask(request("MULTI"))).isEqualTo(OK);
      assertThat(alice.ask(request("INCR", "b"))).isEqualTo(NO_KEY);
      assertThat(alice.ask(request("EXEC"))).startsWith("-EXECABORT");
      assertThat(alice.ask(request("MULTI"))).isEqualTo(OK);
      assertThat(alice.ask(request("INCR", "a"))).isEqualTo("+QUEUED\r\n");
      admin("ACL", "SETUSER", "alice", "-incr");
      assertThat(alice.ask(request("EXEC"))).startsWith("*1\r\n-NOPERM The rights of the user");
    }
    assertThat(admin.ask(request("ACL", "LOG", "1")))
        .contains("\r\ncommand\r\n", "\r\nmulti\r\n", "\r\nincr\r\n", "\r\nalice\r\n");
    assertThat(admin.ask(request("EXISTS", "a"))).isEqualTo(":0\r\n");
  }

  @Test
  void anAtomicTransactionIsUndoneWhenRightsAreGone() throws IOException {
    try (WireClient alice = as("alice", "~*", "+@transaction", "+incr", "+set")) {
      assertThat(alice.ask(request("MULTI", "ATOMIC"))).isEqualTo(OK);
      assertThat(alice.ask(request("SET", "a", "1"))).isEqualTo("+QUEUED\r\n");
      assertThat(alice.ask(request("INCR", "b"))).isEqualTo("+QUEUED\r\n");
      admin("ACL", "SETUSER", "alice", "-incr");
      assertThat(alice.ask(request("EXEC"))).startsWith("-EXECABORT Transaction undone");
    }
    assertThat(admin.ask(request("EXISTS", "a", "b"))).isEqualTo(":0\r\n");
  }

  @Test
  void whatReachesKeysItDoesNotNameTakesAllKeys() throws IOException {
    try (WireClient alice = as("alice", "~a*", "%R~*", "+@all")) {
      assertThat(alice.ask(request("DELPREFIX", "a"))).isEqualTo(NO_KEY);
      assertThat(alice.ask(request("DELRANGE", "[a", "[b"))).isEqualTo(NO_KEY);
      assertThat(alice.ask(request("KEYRANGE", "-", "+"))).isEqualTo("*0\r\n");
      assertThat(alice.ask(request("SORT", "a", "BY", "w*"))).isEqualTo("*0\r\n");
      admin("ACL", "SETUSER", "alice", "resetkeys", "~a*");
      assertThat(alice.ask(request("KEYRANGE", "-", "+"))).isEqualTo(NO_KEY);
      assertThat(alice.ask(request("SORT", "a", "BY", "w*")))
          .isEqualTo("-ERR BY option of SORT denied due to insufficient ACL permissions.\r\n");
      assertThat(alice.ask(request("SORT", "a", "BY", "nosort", "GET", "#"))).isEqualTo("*0\r\n");
      assertThat(alice.ask(request("SORT", "a", "STORE", "evil", "GET", "STORE", "ALPHA")))
          .isEqualTo(NO_KEY);
    }
  }

  @Test
  void whoConnectsIsTheDefaultUserUntilHeSaysOtherwise() throws IOException {
    admin("ACL", "SETUSER", "alice", "on", ">pw", "+acl|whoami", "+hello", "+reset");
    try (WireClient client = server.connect()) {
      assertThat(client.ask(request("ACL", "WHOAMI"))).isEqualTo("$7\r\ndefault\r\n");
      assertThat(client.ask(request("HELLO", "3", "AUTH", "alice", "pw"))).startsWith("%7\r\n");
      assertThat(client.ask(request("ACL", "WHOAMI"))).isEqualTo("$5\r\nalice\r\n");
      assertThat(admin.ask(request("CLIENT", "LIST"))).contains(" user=alice ");
      assertThat(client.ask(request("RESET"))).isEqualTo("+RESET\r\n");
      assertThat(client.ask(request("ACL", "WHOAMI"))).isEqualTo("$7\r\ndefault\r\n");
      assertThat(client.ask(request("AUTH", "alice", "pw"))).isEqualTo(OK);
      assertThat(admin.ask(request("CLIENT", "KILL", "USER", "alice"))).isEqualTo(":1\r\n");
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(admin.ask(request("CLIENT", "KILL", "USER", "bob"))).startsWith("-ERR No such user");
  }

  @Test
  void nobodyGetsInWhenTheDefaultUserIsOff() throws IOException {
    admin("ACL", "SETUSER", "boss", "on", ">pw", "~*", "&*", "+@all");
    admin("ACL", "SETUSER", "default", "off");
    try (WireClient client = server.connect()) {
      assertThat(client.ask(request("PING"))).startsWith("-NOAUTH");
      assertThat(client.ask(request("AUTH", "default", "x"))).startsWith("-WRONGPASS");
      assertThat(client.ask(request("AUTH", "boss", "pw"))).isEqualTo(OK);
      assertThat(client.ask(request("PING"))).isEqualTo("+PONG\r\n");
    }
  }

  @Test
  void theDefaultUsersPasswordIsRequirepass() throws IOException {
    admin("CONFIG", "SET", "requirepass", "one");
    admin("ACL", "SETUSER", "default", ">two");
    try (WireClient client = server.connect()) {
      assertThat(client.ask(request("AUTH", "one"))).isEqualTo(OK);
      assertThat(client.ask(request("AUTH", "default", "two"))).isEqualTo(OK);
    }
    admin("CONFIG", "SET", "requirepass", "one");
    try (WireClient client = server.connect()) {
      assertThat(client.ask(request("AUTH", "two"))).startsWith("-WRONGPASS");
      assertThat(client.ask(request("AUTH", "one"))).isEqualTo(OK);
    }
  }

  @Test
  void whoTriesPasswordsIsNotListenedToForAWhile() throws IOException {
    admin("CONFIG", "SET", "requirepass", "right");
    admin("CONFIG", "SET", "auth-delay-max", "200");
    long begin = System.nanoTime();
    try (WireClient client = server.connect()) {
      client.send(request("AUTH", "wrong").repeat(7) + request("AUTH", "right"));
      for (int i = 0; i < 7; i++) {
        assertThat(client.reply()).startsWith("-WRONGPASS");
      }
      // 100, 200 and 200 ms behind the fifth, the sixth and the seventh.
      assertThat(client.reply()).isEqualTo(OK);
      assertThat(System.nanoTime() - begin).isGreaterThan(500_000_000L);
      assertThat(admin.ask(request("PING"))).isEqualTo("+PONG\r\n");
    }
    assertThat(admin.ask(request("ACL", "LOG"))).contains("*20\r\n$5\r\ncount\r\n:7\r\n");
  }

  @Test
  void aTransactionDoesNotTryManyPasswordsAtOnce() throws IOException {
    try (WireClient client = server.connect()) {
      client.send(request("MULTI") + request("AUTH", "default", "x").repeat(1));
      assertThat(client.reply()).isEqualTo(OK);
      assertThat(client.reply()).isEqualTo("+QUEUED\r\n");
      admin("CONFIG", "SET", "requirepass", "right");
      admin("CONFIG", "SET", "auth-delay-max", "50");
      client.send(request("AUTH", "wrong").repeat(8) + request("EXEC"));
      for (int i = 0; i < 8; i++) {
        assertThat(client.reply()).isEqualTo("+QUEUED\r\n");
      }
      String replies = client.reply();
      assertThat(replies).startsWith("*9\r\n").endsWith("has not been looked at\r\n");
      assertThat(replies.split("WRONGPASS", -1)).hasSize(6);
    }
  }

  private WireClient as(String name, String... rules) throws IOException {
    String[] words = new String[rules.length + 5];
    System.arraycopy(new String[] {"ACL", "SETUSER", name, "on", "nopass"}, 0, words, 0, 5);
    System.arraycopy(rules, 0, words, 5, rules.length);
    admin(words);
    WireClient client = server.connect();
    assertThat(client.ask(request("AUTH", name, "any"))).isEqualTo(OK);
    return client;
  }

  private void admin(String... words) throws IOException {
    assertThat(admin.ask(request(words))).isEqualTo(OK);
  }
}
