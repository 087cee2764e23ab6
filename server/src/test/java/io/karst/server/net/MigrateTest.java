package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MigrateTest {
  private static final String OK = "+OK\r\n";
  private static final String NONE = "$-1\r\n";

  private WireServer here;
  private WireServer there;
  private WireClient client;
  private WireClient remote;

  @BeforeEach
  void open() throws IOException {
    here = WireServer.withAll();
    there = WireServer.withAll();
    client = here.connect();
    remote = there.connect();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    remote.close();
    here.close();
    there.close();
  }

  private String migrate(String... words) throws IOException {
    return migrateTo("" + there.server.port(), words);
  }

  /// - `words`: from the key on.
  private String migrateTo(String port, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("MIGRATE", "127.0.0.1", port));
    all.addAll(List.of(words));
    return client.ask(request(all.toArray(String[]::new)));
  }

  private static String ask(WireClient whom, String line) throws IOException {
    return whom.ask(request(line.split(" ")));
  }

  @Test
  void aKeyGoesWithItsExpiry() throws IOException {
    ask(client, "SET k v PX 100000");
    ask(client, "RPUSH l a b c");

    assertThat(migrate("k", "0", "1000")).isEqualTo(OK);
    assertThat(migrate("l", "3", "1000")).isEqualTo(OK);

    assertThat(ask(client, "DBSIZE")).isEqualTo(":0\r\n");
    assertThat(ask(remote, "GET k")).isEqualTo("$1\r\nv\r\n");
    assertThat(ask(remote, "TTL k")).isIn(":100\r\n", ":99\r\n");
    assertThat(ask(remote, "SELECT 3")).isEqualTo(OK);
    assertThat(ask(remote, "LLEN l")).isEqualTo(":3\r\n");
    assertThat(ask(remote, "TTL l")).isEqualTo(":-1\r\n");
  }

  @Test
  void aCopyStays() throws IOException {
    ask(client, "SET k v");

    assertThat(migrate("k", "0", "1000", "COPY")).isEqualTo(OK);

    assertThat(ask(client, "GET k")).isEqualTo("$1\r\nv\r\n");
    assertThat(ask(remote, "GET k")).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void whatIsThereIsReplacedOnlyIfAsked() throws IOException {
    ask(client, "SET k new");
    ask(remote, "SET k old");

    assertThat(migrate("k", "0", "1000"))
        .isEqualTo(
            "-ERR Target instance replied with error: BUSYKEY Target key name already exists.\r\n");
    assertThat(ask(client, "GET k")).isEqualTo("$3\r\nnew\r\n");
    assertThat(ask(remote, "GET k")).isEqualTo("$3\r\nold\r\n");

    assertThat(migrate("k", "0", "1000", "REPLACE")).isEqualTo(OK);
    assertThat(ask(client, "GET k")).isEqualTo(NONE);
    assertThat(ask(remote, "GET k")).isEqualTo("$3\r\nnew\r\n");
  }

  @Test
  void manyKeysGoAtOnce() throws IOException {
    List<String> words = new ArrayList<>(List.of("", "0", "1000", "KEYS", "missing"));
    for (int i = 0; i < 300; i++) {
      ask(client, "SET key" + i + " " + "v".repeat(i * 100 + 1));
      words.add("key" + i);
      words.add("key" + i / 2);
    }

    assertThat(migrate(words.toArray(String[]::new))).isEqualTo(OK);

    assertThat(ask(client, "DBSIZE")).isEqualTo(":0\r\n");
    assertThat(ask(remote, "DBSIZE")).isEqualTo(":300\r\n");
    assertThat(ask(remote, "STRLEN key299")).isEqualTo(":29901\r\n");
  }

  @Test
  void ofManyKeysThoseThatWereTakenAreGone() throws IOException {
    ask(client, "MSET a 1 b 2 c 3");
    ask(remote, "SET b old");

    assertThat(migrate("", "0", "1000", "KEYS", "a", "b", "c"))
        .startsWith("-ERR Target instance replied with error: BUSYKEY");

    assertThat(ask(client, "MGET a b c")).isEqualTo("*3\r\n$-1\r\n$1\r\n2\r\n$-1\r\n");
    assertThat(ask(remote, "MGET a b c")).isEqualTo("*3\r\n$1\r\n1\r\n$3\r\nold\r\n$1\r\n3\r\n");
  }

  @Test
  void noKeyIsNoReasonToConnect() throws IOException {
    assertThat(migrateTo("1", "missing", "0", "1000")).isEqualTo("+NOKEY\r\n");
    assertThat(migrateTo("1", "", "0", "1000", "KEYS", "x", "y")).isEqualTo("+NOKEY\r\n");
    assertThat(migrateTo("1", "", "0", "1000", "KEYS")).isEqualTo("+NOKEY\r\n");
  }

  @Test
  void wordsThatAreNoneAreRefused() throws IOException {
    assertThat(migrate("k", "0", "1000", "KEYS", "x"))
        .startsWith("-ERR When using MIGRATE KEYS option");
    assertThat(migrate("k", "0", "1000", "BOGUS")).isEqualTo("-ERR syntax error\r\n");
    assertThat(migrate("k", "0", "1000", "AUTH")).isEqualTo("-ERR syntax error\r\n");
    assertThat(migrate("k", "0", "1000", "AUTH2", "u")).isEqualTo("-ERR syntax error\r\n");
    assertThat(migrate("k", "zero", "1000")).contains("not an integer");
    assertThat(migrate("k", "0", "soon")).contains("not an integer");
    ask(client, "MULTI");
    assertThat(migrate("k", "0", "1000")).contains("not allowed inside a transaction");
  }

  @Test
  void theKeysAreThoseThatAreNamed() throws IOException {
    assertThat(client.ask(request("COMMAND", "GETKEYS", "MIGRATE", "h", "1", "k", "0", "5")))
        .isEqualTo("*1\r\n$1\r\nk\r\n");
    assertThat(
            client.ask(
                request("COMMAND", "GETKEYS", "MIGRATE", "h", "1", "", "0", "5", "KEYS", "a", "b")))
        .isEqualTo("*2\r\n$1\r\na\r\n$1\r\nb\r\n");
  }

  @Test
  void itAuthenticates() throws IOException {
    ask(client, "SET k v");
    ask(remote, "CONFIG SET requirepass secret");

    assertThat(migrate("k", "0", "1000")).contains("replied with error: NOAUTH");
    assertThat(migrate("k", "0", "1000", "AUTH", "wrong")).contains("WRONGPASS");
    assertThat(ask(client, "GET k")).isEqualTo("$1\r\nv\r\n");
    assertThat(migrate("k", "0", "1000", "AUTH", "secret", "COPY")).isEqualTo(OK);
    assertThat(migrate("k", "0", "1000", "REPLACE", "AUTH2", "default", "secret")).isEqualTo(OK);
    assertThat(ask(client, "GET k")).isEqualTo(NONE);
  }

  @Test
  void whereNobodyListensTheKeyStays() throws IOException {
    ask(client, "SET k v");
    String port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = "" + free.getLocalPort();
    }

    assertThat(migrateTo(port, "k", "0", "1000")).startsWith("-IOERR error or timeout connecting");

    assertThat(ask(client, "GET k")).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void whoeverDoesNotAnswerIsWaitedForForTheTimeoutAndByNobodyElse() throws IOException {
    ask(client, "SET k v");
    try (ScriptedTarget silent =
            new ScriptedTarget(words -> words.getFirst().equals("SELECT") ? OK : "");
        WireClient other = here.connect()) {
      client.send(request("MIGRATE", "127.0.0.1", silent.port(), "k", "0", "500"));
      await().until(() -> silent.requests().contains("RESTORE k"));

      assertThat(ask(other, "SET k changed")).isEqualTo(OK); // No lock is held.
      assertThat(client.hasHeardNothing()).isTrue();
      assertThat(client.reply())
          .isEqualTo("-IOERR error or timeout reading to target instance\r\n");
      assertThat(ask(other, "GET k")).isEqualTo("$7\r\nchanged\r\n");
    }
  }

  @Test
  void whoeverDoesNotReadIsGivenUp() throws IOException {
    ask(client, "SET k v");
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String longer = "x".repeat(20_000_000); // Than what sockets hold.
      assertThat(migrateTo("" + deaf.getLocalPort(), "k", "0", "300", "AUTH", longer))
          .isEqualTo("-IOERR error or timeout writing to target instance\r\n");
    }
    assertThat(ask(client, "EXISTS k")).isEqualTo(":1\r\n");
  }

  @Test
  void whoeverGoesBeforeItHasAcknowledgedDoesNotGetTheKey() throws IOException {
    ask(client, "MSET a 1 b 2 c 3");
    try (ScriptedTarget target = new ScriptedTarget(words -> words.contains("b") ? null : OK)) {
      assertThat(migrateTo(target.port(), "", "0", "1000", "KEYS", "a", "b", "c"))
          .isEqualTo("-IOERR error or timeout reading to target instance\r\n");
    }
    assertThat(ask(client, "MGET a b c")).isEqualTo("*3\r\n$-1\r\n$1\r\n2\r\n$1\r\n3\r\n");
  }

  @Test
  void whatIsChangedOnTheWayIsSentAgain() throws IOException {
    ask(client, "SET k v");
    List<List<String>> restores = new ArrayList<>();
    try (WireClient other = here.connect();
        ScriptedTarget target =
            new ScriptedTarget(words -> {
              if (words.getFirst().equals("RESTORE")) {
                restores.add(words);
                if (restores.size() == 1) {
                  ask(other, "APPEND k w");
                }
              }
              return OK;
            })) {
      assertThat(migrateTo(target.port(), "k", "0", "1000")).isEqualTo(OK);
    }
    assertThat(restores).hasSize(2);
    assertThat(restores.get(0)).hasSize(4);
    assertThat(restores.get(0).get(3)).contains("v").doesNotContain("vw");
    assertThat(restores.get(1)).hasSize(5).endsWith("REPLACE");
    assertThat(restores.get(1).get(3)).contains("vw");
    assertThat(ask(client, "GET k")).isEqualTo(NONE);
  }

  @Test
  void whatIsDeletedOnTheWayIsDeletedThere() throws IOException {
    ask(client, "SET k v");
    try (WireClient other = here.connect();
        ScriptedTarget target =
            new ScriptedTarget(words -> {
              if (words.getFirst().equals("RESTORE")) {
                ask(other, "DEL k");
              }
              return words.getFirst().equals("DEL") ? ":1\r\n" : OK;
            })) {
      assertThat(migrateTo(target.port(), "k", "0", "1000")).isEqualTo(OK);
      assertThat(target.requests()).containsExactly("SELECT 0", "RESTORE k", "DEL k");
    }
  }

  @Test
  void whatIsChangedAllTheTimeStays() throws IOException {
    ask(client, "SET k 1");
    try (WireClient other = here.connect();
        ScriptedTarget target =
            new ScriptedTarget(words -> {
              if (words.getFirst().equals("RESTORE")) {
                ask(other, "INCR k");
              }
              return OK;
            })) {
      assertThat(migrateTo(target.port(), "k", "0", "50")).startsWith("-TRYAGAIN ");
    }
    assertThat(ask(client, "EXISTS k")).isEqualTo(":1\r\n");
  }

  @Test
  void aClientThatIsKilledIsNotWaitedFor() throws IOException {
    ask(client, "SET k v");
    try (WireClient killed = here.connect();
        ScriptedTarget silent =
            new ScriptedTarget(words -> words.getFirst().equals("SELECT") ? OK : "")) {
      String id = ask(killed, "CLIENT ID").substring(1).strip();
      killed.send(request("MIGRATE", "127.0.0.1", silent.port(), "k", "0", "50000"));
      await().until(() -> silent.requests().contains("RESTORE k"));
      assertThat(ask(client, "CLIENT KILL ID " + id)).isEqualTo(":1\r\n");
      await().until(() -> here.server.engine().watches().watchers() == 0);
    }
    assertThat(ask(client, "EXISTS k")).isEqualTo(":1\r\n");
  }
}
