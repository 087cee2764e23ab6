package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.server.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Replies wait for the log, commands do not.
class GateTest {
  private static final String OK = "+OK\r\n";

  private final HandMovedLog log = new HandMovedLog();
  private final List<WireClient> clients = new ArrayList<>();
  private WireServer server;

  /// Client 1, at level `fsync`; and client 2, at level `local`.
  private WireClient writer;

  private WireClient reader;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.withLog(log);
    writer = connect();
    reader = connect();
    assertThat(writer.ask(request("CLIENT", "DURABILITY", "FSYNC"))).isEqualTo(OK);
    assertThat(reader.ask(request("CLIENT", "ID"))).isEqualTo(":2\r\n");
  }

  @AfterEach
  void stop() throws IOException {
    for (WireClient client : clients) {
      client.close();
    }
    server.close();
  }

  @Test
  void aWriterHearsOfItsWriteWhenItIsOnDisk() throws IOException {
    writer.send(request("SET", "k", "v"));
    awaitHeld(1);

    assertThat(writer.hasHeardNothing()).isTrue();
    assertThat(log.requests()).containsExactly(1L);
    log.durable(1);
    assertThat(writer.reply()).isEqualTo(OK);
    assertThat(held(1)).isZero();
  }

  @Test
  void aTransactionIsToldWhenAllOfItIsOnDisk() throws IOException {
    reader.send(
        request("MULTI")
            + request("SET", "a", "v")
            + request("CLIENT", "DURABILITY", "FSYNC")
            + request("SET", "b", "v")
            + request("EXEC"));
    awaitHeld(2);

    assertThat(reader.hasHeardNothing()).isTrue();
    assertThat(log.requests()).containsExactly(1L); // One frame.
    log.durable(1);
    for (int i = 0; i < 4; i++) {
      assertThat(reader.reply()).isIn(OK, "+QUEUED\r\n");
    }
    assertThat(reader.reply()).isEqualTo("*3\r\n" + OK + OK + OK);
  }

  @Test
  void nobodyHearsOfItEarlierAndNobodyElseWaits() throws IOException {
    reader.ask(request("SET", "unrelated", "u"));
    log.durable(1);
    writer.send(request("SET", "k", "v"));
    awaitHeld(1);

    reader.send(request("GET", "k"));
    awaitHeld(2);
    assertThat(reader.hasHeardNothing()).isTrue();
    WireClient other = connect();
    assertThat(other.ask(request("GET", "unrelated"))).isEqualTo("$1\r\nu\r\n");
    assertThat(other.ask(request("CLIENT", "DURABILITY", "NONE"))).isEqualTo(OK);
    other.send(request("EXISTS", "k"));
    awaitHeld(3);
    assertThat(other.hasHeardNothing()).isTrue();

    log.durable(2);
    assertThat(reader.reply()).isEqualTo("$1\r\nv\r\n");
    assertThat(other.reply()).isEqualTo(":1\r\n");
    assertThat(writer.reply()).isEqualTo(OK);
  }

  @Test
  void aKeyThatWasWrittenAtAnotherLevelIsReadAtOnce() throws IOException {
    assertThat(reader.ask(request("SET", "k", "v"))).isEqualTo(OK);
    WireClient other = connect();
    assertThat(other.ask(request("GET", "k"))).isEqualTo("$1\r\nv\r\n");

    writer.send(request("GET", "k"));
    awaitHeld(1);
    log.durable(1);
    assertThat(writer.reply()).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void whatWasSeenInTheKeyspaceAsAWholeWaits() throws IOException {
    writer.send(request("SET", "k", "v"));
    awaitHeld(1);
    reader.send(request("DBSIZE"));
    awaitHeld(2);
    log.durable(1);

    assertThat(reader.reply()).isEqualTo(":1\r\n");
  }

  @Test
  void repliesKeepTheirOrderBehindOneThatWaits() throws IOException {
    writer.send(
        request("PING")
            + request("SET", "k", "v")
            + request("PING")
            + request("NOPE")
            + request("GET", "k")
            + request("HELLO", "3")
            + request("GET", "missing"));
    awaitHeld(1);
    assertThat(writer.hasHeardNothing()).isTrue();
    log.durable(1);

    assertThat(writer.reply()).isEqualTo("+PONG\r\n");
    assertThat(writer.reply()).isEqualTo(OK);
    assertThat(writer.reply()).isEqualTo("+PONG\r\n");
    assertThat(writer.reply()).startsWith("-ERR unknown command");
    assertThat(writer.reply()).isEqualTo("$1\r\nv\r\n");
    assertThat(writer.reply()).startsWith("%");
    assertThat(writer.reply()).isEqualTo("_\r\n");
  }

  @Test
  void commandsRunWhileRepliesWait() throws IOException {
    for (int i = 1; i <= 3; i++) {
      writer.send(request("INCR", "n"));
      int written = i;
      await().until(() -> log.tail() == written);
    }
    log.durable(2);
    assertThat(writer.reply()).isEqualTo(":1\r\n");
    assertThat(writer.reply()).isEqualTo(":2\r\n");
    assertThat(held(1)).isEqualTo(":3\r\n".length());
    log.durable(3);
    assertThat(writer.reply()).isEqualTo(":3\r\n");
  }

  @Test
  void commandsOffTheLoopWaitAsTheOthersDo() throws IOException {
    String[] delete = new String[1200];
    Arrays.fill(delete, "k");
    delete[0] = "DEL";
    writer.send(request("SET", "k", "v") + request(delete) + request("GET", "k"));
    await().until(() -> log.tail() == 2);
    log.durable(1);
    assertThat(writer.reply()).isEqualTo(OK);
    await().until(() -> log.requests().contains(2L));
    assertThat(writer.hasHeardNothing()).isTrue();
    log.durable(2);
    assertThat(writer.reply()).isEqualTo(":1\r\n");
    assertThat(writer.reply()).isEqualTo("$-1\r\n");
  }

  @Test
  void whoWantsNoRepliesStillWantsTheSync() throws IOException {
    writer.send(request("CLIENT", "REPLY", "OFF") + request("SET", "k", "v"));
    await().until(() -> log.requests().contains(1L));
    log.durable(1);
    assertThat(writer.ask(request("CLIENT", "REPLY", "ON"))).isEqualTo(OK);
  }

  @Test
  void theServersLevelHoldsForThoseWhoChooseNone() throws IOException {
    server.server.config().set(List.of("appendfsync", "always"));
    reader.send(request("SET", "k", "v"));
    awaitHeld(2);
    log.durable(1);
    assertThat(reader.reply()).isEqualTo(OK);
    assertThat(reader.ask(request("CLIENT", "DURABILITY"))).isEqualTo("$5\r\nfsync\r\n");

    server.server.config().set(List.of("appendfsync", "everysec"));
    assertThat(reader.ask(request("SET", "k", "w"))).isEqualTo(OK);
    assertThat(reader.ask(request("CLIENT", "DURABILITY"))).isEqualTo("$5\r\nlocal\r\n");
  }

  @Test
  void theLevelCanBeChangedBetweenCommands() throws IOException {
    reader.send(
        request("SET", "a", "1")
            + request("CLIENT", "DURABILITY", "fsync")
            + request("SET", "b", "1")
            + request("RESET")
            + request("SET", "c", "1"));
    awaitHeld(2);
    log.durable(2);
    assertThat(reader.reply()).isEqualTo(OK);
    assertThat(reader.reply()).isEqualTo(OK);
    assertThat(reader.reply()).isEqualTo(OK);
    assertThat(reader.reply()).isEqualTo("+RESET\r\n");
    assertThat(reader.reply()).isEqualTo(OK);
  }

  @Test
  void withTheSystemMeansThatTheLogIsComplete() throws IOException {
    log.complete(0);
    reader.send(request("SET", "k", "v"));
    awaitHeld(2);
    assertThat(reader.hasHeardNothing()).isTrue();
    log.complete(1);
    assertThat(reader.reply()).isEqualTo(OK);
    assertThat(log.requests()).isEmpty();
  }

  @Test
  void atOnceMeansThatNothingIsWaitedFor() throws IOException {
    log.complete(0);
    assertThat(reader.ask(request("CLIENT", "DURABILITY", "none"))).isEqualTo(OK);
    assertThat(reader.ask(request("SET", "k", "v"))).isEqualTo(OK);
  }

  @Test
  void theEndOfAConnectionComesAfterItsReplies() throws IOException {
    writer.send(request("SET", "k", "v") + request("QUIT") + request("SET", "k", "w"));
    WireClient half = connect();
    half.ask(request("CLIENT", "DURABILITY", "FSYNC"));
    half.send(request("INCR", "n"));
    half.socket.shutdownOutput();
    awaitHeld(1);
    awaitHeld(3);
    log.durable(2);

    assertThat(writer.reply()).isEqualTo(OK);
    assertThat(writer.reply()).isEqualTo(OK);
    assertThat(writer.isClosed()).isTrue();
    assertThat(half.reply()).isEqualTo(":1\r\n");
    assertThat(half.isClosed()).isTrue();
    assertThat(reader.ask(request("GET", "k"))).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void whoIsKilledOrGoesHearsNothingAndHoldsNobodyUp() throws IOException {
    writer.send(request("SET", "k", "v"));
    awaitHeld(1);
    WireClient leaving = connect();
    leaving.send(request("GET", "k"));
    awaitHeld(3);
    leaving.socket.setSoLinger(true, 0);
    leaving.close();
    WireClient staying = connect();
    staying.send(request("GET", "k"));
    awaitHeld(4);
    assertThat(reader.ask(request("CLIENT", "KILL", "ID", "1"))).isEqualTo(":1\r\n");
    assertThat(writer.isClosed()).isTrue();
    await().until(() -> server.server.sessions().count() == 2);

    log.durable(1);
    assertThat(staying.reply()).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void whoWaitsForTheDiskIsNotIdle() throws IOException {
    writer.send(request("SET", "k", "v"));
    awaitHeld(1);
    server.server.config().set(List.of("timeout", "1"));
    assertThat(reader.isClosed()).isTrue();

    log.durable(1);
    assertThat(writer.reply()).isEqualTo(OK);
  }

  @Test
  void noMoreRunsWhenMuchIsHeld() throws IOException {
    String value = "v".repeat(100_000);
    writer.send(request("SET", "k", value));
    awaitHeld(1);
    for (int i = 0; i < 20; i++) {
      writer.send(request("GET", "k"));
    }
    await().until(() -> held(1) > 256 << 10);
    assertThat(reader.ask(request("PING"))).isEqualTo("+PONG\r\n");
    assertThat(held(1)).isLessThan(500_000);

    log.durable(1);
    assertThat(writer.reply()).isEqualTo(OK);
    for (int i = 0; i < 20; i++) {
      assertThat(writer.reply()).hasSize("$100000\r\n".length() + value.length() + 2);
    }
  }

  @Test
  void whatIsHeldCountsAgainstTheOutputLimit() throws IOException {
    server.server.config().set(List.of("client-output-buffer-limit", "normal 50000 0 0"));
    writer.send(request("SET", "k", "v".repeat(60_000)));
    awaitHeld(1);
    writer.send(request("GET", "k"));
    assertThat(writer.isClosed()).isTrue();
  }

  @Test
  void repliesThatTellWhatWasLostNeverLeave() throws IOException {
    reader.ask(request("SET", "unrelated", "u"));
    log.durable(1);
    writer.send(request("SET", "k", "v") + request("PING"));
    awaitHeld(1);
    reader.send(request("GET", "k"));
    awaitHeld(2);
    log.lose("Input/output error");

    String line = "-MISCONF Writes are refused, reads go on: Input/output error\r\n";
    assertThat(writer.reply()).isEqualTo(line);
    assertThat(writer.isClosed()).isTrue();
    assertThat(reader.reply()).isEqualTo(line);
    assertThat(reader.isClosed()).isTrue();
    WireClient other = connect();
    assertThat(other.ask(request("GET", "unrelated"))).isEqualTo("$1\r\nu\r\n");
    assertThat(other.ask(request("SET", "k", "w"))).isEqualTo(line);
    assertThat(other.ask(request("GET", "k"))).isEqualTo(line);
    assertThat(other.isClosed()).isTrue();
  }

  @Test
  void writesAreRefusedWhileTheDiskIsFullAndReadsGoOn() throws IOException {
    reader.ask(request("SET", "k", "v"));
    log.fail("No space left on device");
    reader.send(
        request("GET", "k")
            + request("SET", "k", "w")
            + request("DEL", "k")
            + request("FLUSHALL")
            + request("GET", "k")
            + request("PING"));

    String line = "-MISCONF Writes are refused, reads go on: No space left on device\r\n";
    assertThat(reader.reply()).isEqualTo("$1\r\nv\r\n");
    assertThat(reader.reply()).isEqualTo(line);
    assertThat(reader.reply()).isEqualTo(line);
    assertThat(reader.reply()).isEqualTo(line);
    assertThat(reader.reply()).isEqualTo("$1\r\nv\r\n");
    assertThat(reader.reply()).isEqualTo("+PONG\r\n");
    assertThat(server.server.stats().errors()).containsEntry("MISCONF", 3L);
    assertThat(reader.ask(request("INFO", "persistence")))
        .contains("\r\naof_enabled:1\r\n", "\r\naof_last_write_status:err\r\n");

    log.fail(null);
    assertThat(reader.ask(request("SET", "k", "w"))).isEqualTo(OK);
  }

  @Test
  void aLargeWriteIsRefusedInItsPlace() throws IOException {
    log.fail("No space left on device");
    String value = "v".repeat(3 << 20);
    reader.send(request("GET", "k") + request("SET", "k", value) + request("PING"));

    assertThat(reader.reply()).isEqualTo("$-1\r\n");
    assertThat(reader.reply()).startsWith("-MISCONF ");
    assertThat(reader.reply()).isEqualTo("+PONG\r\n");
  }

  private WireClient connect() throws IOException {
    WireClient client = server.connect();
    clients.add(client);
    return client;
  }

  /// Waits until replies to a client are held back. They would have been sent before.
  private void awaitHeld(long id) {
    await().until(() -> held(id) > 0);
  }

  private long held(long id) {
    Session session = server.server.sessions().byId(id);
    return session == null ? 0 : ((ChannelLink) session.link()).held;
  }
}
