package io.karst.server.net;

import static io.karst.server.net.HandMovedCluster.OTHER;
import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.server.session.Session;
import io.karst.server.session.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a leader may tell while it leads, and what becomes of the rest when it is deposed.
class ReignTest {
  private static final String OK = "+OK\r\n";
  private static final String NIL = "$-1\r\n";
  private static final String UNKNOWN =
      "-UNKNOWNOUTCOME The server leads no longer; whether this has happened is not known\r\n";
  private static final String UNBLOCKED =
      "-UNBLOCKED force unblock from blocking operation, instance state changed (master ->"
          + " replica?)\r\n";

  private final HandMovedCluster cluster = new HandMovedCluster();
  private final HandMovedLog log = cluster.log;
  private final List<WireClient> clients = new ArrayList<>();
  private WireServer server;
  private WireClient client;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.inCluster(cluster, "io-threads", "2");
    client = connect();
    cluster.leads();
  }

  @AfterEach
  void stop() throws IOException {
    for (WireClient each : clients) {
      each.close();
    }
    server.close();
  }

  private WireClient connect() throws IOException {
    WireClient fresh = server.connect();
    clients.add(fresh);
    assertThat(fresh.ask(request("CLIENT", "ID"))).isEqualTo(":" + clients.size() + "\r\n");
    return fresh;
  }

  /// One that is told at once.
  private WireClient careless() throws IOException {
    WireClient fresh = connect();
    assertThat(fresh.ask(request("CLIENT", "DURABILITY", "NONE"))).isEqualTo(OK);
    return fresh;
  }

  private void deposeAndFollow() {
    cluster.deposed(OTHER);
    log.rewind();
    cluster.follows(OTHER);
  }

  private void awaitHeld(long id) {
    await()
        .until(() -> {
          Session session = server.server.sessions().byId(id);
          return session != null && session.outputBufferSize() > 0;
        });
  }

  // ---- what is told ----

  @Test
  void aWriteIsToldWhenAMajorityHasIt() throws IOException {
    assertThat(client.ask(request("CLIENT", "DURABILITY"))).isEqualTo("$6\r\nquorum\r\n");
    client.send(request("SET", "k", "v"));
    awaitHeld(1);
    assertThat(client.hasHeardNothing()).isTrue();
    assertThat(log.isAsked()).isFalse();
    log.durable(1);
    assertThat(client.reply()).isEqualTo(OK);
  }

  @Test
  void aReadIsToldWhenNobodyElseLeads() throws IOException {
    client.send(request("GET", "k"));
    await().until(log::isAsked);
    assertThat(client.hasHeardNothing()).isTrue();
    log.confirm();
    assertThat(client.reply()).isEqualTo(NIL);
  }

  @Test
  void whoWritesAfterReadingNeedsNoOtherProof() throws IOException {
    client.send(request("GET", "k") + request("SET", "k", "v"));
    awaitHeld(1);
    log.durable(1);
    assertThat(client.reply()).isEqualTo(NIL);
    assertThat(client.reply()).isEqualTo(OK);
    assertThat(log.isAsked()).isFalse();
  }

  @Test
  void whoReadsAfterAnotherWroteWaitsForBoth() throws IOException {
    careless().ask(request("SET", "k", "v"));
    client.send(request("GET", "k"));
    await().until(log::isAsked);
    log.confirm();
    assertThat(client.hasHeardNothing()).isTrue();
    log.durable(1);
    assertThat(client.reply()).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void scriptsTransactionsAndSlowCommandsProveTheirReads() throws IOException {
    for (String requests :
        List.of(
            request("EVAL", "return redis.call('GET', 'k')", "0"),
            request("EVAL_RO", "return redis.call('GET', KEYS[1])", "1", "k"),
            request("KEYS", "*"),
            request("DBSIZE"),
            request("MULTI") + request("GET", "k") + request("EXEC"))) {
      WireClient fresh = connect();
      fresh.send(requests);
      await().until(log::isAsked);
      log.confirm();
      assertThat(fresh.reply()).isNotEmpty();
    }
  }

  @Test
  void whatLooksAtNoKeyIsToldAtOnce() throws IOException {
    assertThat(client.ask(request("PING"))).isEqualTo("+PONG\r\n");
    assertThat(client.ask(request("ECHO", "x"))).isEqualTo("$1\r\nx\r\n");
    assertThat(client.ask(request("PUBLISH", "c", "m"))).isEqualTo(":0\r\n");
    assertThat(client.ask(request("COMMAND", "COUNT"))).startsWith(":");
    assertThat(log.isAsked()).isFalse();
  }

  @Test
  void whoDoesNotAskForTheLatestNeedsNoProof() throws IOException {
    assertThat(client.ask(request("CLIENT", "CONSISTENCY"))).isEqualTo("$6\r\nstrong\r\n");
    assertThat(client.ask(request("CLIENT", "CONSISTENCY", "EVENTUAL"))).isEqualTo(OK);
    assertThat(client.ask(request("GET", "k"))).isEqualTo(NIL);
    assertThat(client.ask(request("CLIENT", "CONSISTENCY", "STRONG"))).isEqualTo(OK);
    client.send(request("GET", "k"));
    await().until(log::isAsked);
    log.confirm();
    assertThat(client.reply()).isEqualTo(NIL);
  }

  @Test
  void aFollowerProvesNothing() throws IOException {
    deposeAndFollow();
    client.ask(request("READONLY"));
    assertThat(client.ask(request("GET", "k"))).isEqualTo(NIL);
    assertThat(log.isAsked()).isFalse();
  }

  @Test
  void whoWantsNoMajorityIsToldByTheLeaderAlone() throws IOException {
    assertThat(client.ask(request("CLIENT", "DURABILITY", "LOCAL"))).isEqualTo(OK);
    assertThat(client.ask(request("SET", "k", "v"))).isEqualTo(OK);
    assertThat(client.ask(request("GET", "k"))).isEqualTo("$1\r\nv\r\n");
  }

  // ---- the end of a reign ----

  @Test
  void whoWaitsForWhatWasLostIsToldSo() throws IOException {
    WireClient reader = connect();
    client.send(request("SET", "k", "v"));
    awaitHeld(1);
    reader.send(request("GET", "other"));
    await().until(log::isAsked);

    cluster.deposed(OTHER);
    assertThat(client.reply()).isEqualTo(UNKNOWN);
    assertThat(client.isClosed()).isTrue();
    assertThat(reader.reply()).isEqualTo(UNKNOWN);
    assertThat(reader.isClosed()).isTrue();
  }

  @Test
  void whatAMajorityHadIsToldStill() throws IOException {
    client.send(request("SET", "k", "v"));
    awaitHeld(1);
    client.send(request("SET", "k", "w"));
    await().until(() -> log.tail() == 2);
    log.durable(1);
    cluster.deposed(OTHER);
    assertThat(client.reply()).isEqualTo(OK);
    assertThat(client.reply()).isEqualTo(UNKNOWN);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void nothingOfAnEarlierReignIsToldLater() throws IOException {
    client.send(request("SET", "k", "v"));
    awaitHeld(1);
    deposeAndFollow();
    cluster.leads();
    WireClient other = careless();
    assertThat(other.ask(request("SET", "other", "v"))).isEqualTo(OK); // At the same place.
    log.durable(1);
    assertThat(client.reply()).isEqualTo(UNKNOWN);
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void whileItEndsNothingBegins() throws IOException {
    WireClient waiting = careless();
    String endless = "redis.call('SET', 'k', '1') while true do end";
    client.send(request("EVAL", endless, "1", "k"));
    await().until(() -> !server.server.scripting().running().all().isEmpty());
    cluster.deposed(OTHER); // Ends the script.
    assertThat(server.server.standing()).extracting(Standing::open).isEqualTo(false);
    assertThat(waiting.ask(request("GET", "k"))).startsWith("-MOVED ");
    assertThat(waiting.ask(request("DBSIZE"))).isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
    assertThat(waiting.ask(request("EVAL", "return 1", "0")))
        .isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
    assertThat(waiting.ask(request("PING"))).isEqualTo("+PONG\r\n");
    assertThat(client.isClosed()).isTrue();
    log.rewind();
    cluster.follows(OTHER);
    waiting.ask(request("READONLY"));
    assertThat(waiting.ask(request("DBSIZE"))).isEqualTo(":0\r\n");
  }

  @Test
  void whatIsHeldByAPauseDoesNotRunInAnotherReign() throws IOException {
    WireClient other = careless();
    WireClient held = connect();
    assertThat(other.ask(request("CLIENT", "PAUSE", "100000", "ALL"))).isEqualTo(OK);
    held.send(request("SET", "k", "v"));
    await().until(() -> server.server.sessions().byId(3).lastCommand().equals("set"));
    deposeAndFollow();
    server.server.pause().end();
    assertThat(held.reply()).startsWith("-MOVED ");
    assertThat(log.tail()).isZero();
    cluster.leads();
    other.ask(request("CLIENT", "PAUSE", "100000", "ALL"));
    held.send(request("APPEND", "k", "v"));
    await().until(() -> server.server.sessions().byId(3).lastCommand().equals("append"));
    deposeAndFollow();
    cluster.leads();
    server.server.pause().end();
    assertThat(held.reply()).startsWith("-TRYAGAIN ");
    assertThat(log.tail()).isZero();
  }

  @Test
  void whoWaitsForAKeyIsSentAway() throws IOException {
    client.send(request("BTAKE", "k", "0"));
    await().until(() -> server.server.engine().waiters().count() == 1);
    cluster.deposed(OTHER);
    assertThat(client.reply()).isEqualTo(UNBLOCKED);
    assertThat(client.ask(request("PING"))).isEqualTo("+PONG\r\n");
    assertThat(server.server.engine().waiters().count()).isZero();
  }

  @Test
  void whoWaitsForReplicasIsSentAway() throws IOException {
    WireClient other = careless();
    assertThat(other.ask(request("SET", "k", "v"))).isEqualTo(OK);
    other.send(request("WAIT", "1", "0"));
    await().until(() -> server.server.signal().waiting() == 1);
    deposeAndFollow();
    assertThat(other.reply()).isEqualTo(UNBLOCKED);
    cluster.leads();
    assertThat(other.ask(request("WAIT", "0", "0"))).startsWith("-UNKNOWNOUTCOME ");
  }

  @Test
  void whoWatchesOrListensToSlotsHasToBeginAgain() throws IOException {
    WireClient watcher = careless();
    assertThat(watcher.ask(request("WATCH", "k"))).isEqualTo(OK);
    WireClient listener = careless();
    assertThat(listener.ask(request("SSUBSCRIBE", "c"))).startsWith("*3\r\n");
    WireClient other = careless();
    assertThat(other.ask(request("SUBSCRIBE", "c"))).startsWith("*3\r\n");
    cluster.deposed(OTHER);
    assertThat(watcher.isClosed()).isTrue();
    assertThat(listener.isClosed()).isTrue();
    assertThat(other.ask(request("PING"))).contains("pong");
  }

  @Test
  void whoKeepsWhatHeHasReadIsToldToForgetIt() throws IOException {
    WireClient keeper = careless();
    keeper.ask(request("HELLO", "3"));
    keeper.ask(request("CLIENT", "TRACKING", "ON"));
    keeper.ask(request("GET", "k"));
    cluster.deposed(OTHER);
    assertThat(keeper.reply()).isEqualTo(">2\r\n$10\r\ninvalidate\r\n_\r\n");
  }

  @Test
  void aMessageOfWhatWasLostIsNotSent() throws IOException {
    WireClient listener = connect();
    assertThat(listener.ask(request("SUBSCRIBE", "c"))).startsWith("*3\r\n");
    client.send(
        request("MULTI")
            + request("SET", "k", "v")
            + request("PUBLISH", "c", "m")
            + request("EXEC"));
    awaitHeld(1);
    awaitHeld(2);
    cluster.deposed(OTHER);
    assertThat(listener.reply()).isEqualTo(UNKNOWN);
    assertThat(listener.isClosed()).isTrue();
  }

  @Test
  void anEndWaitsForWhatRuns() throws Exception {
    WireClient other = careless();
    String slow = "redis.call('SET', KEYS[1], '1') for i = 1, 100000000 do end return 1";
    other.send(request("MULTI") + request("EVAL", slow, "1", "k") + request("EXEC"));
    await()
        .pollInterval(1, TimeUnit.MILLISECONDS)
        .until(() -> !server.server.scripting().running().all().isEmpty());
    CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> cluster.deposed(OTHER));
    ended.get(20, TimeUnit.SECONDS);
    assertThat(server.server.scripting().running().all()).isEmpty();
  }
}
