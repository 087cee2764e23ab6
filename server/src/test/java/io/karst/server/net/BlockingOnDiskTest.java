package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.engine.Storage;
import io.karst.history.Log;
import io.karst.lsm.RocksTier;
import io.karst.lsm.TierOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that wait for keys, where there is a disk: one that has to be synced, or read.
class BlockingOnDiskTest {
  private static final String TAKEN = "*2\r\n$1\r\nk\r\n$4\r\n1111\r\n";

  @TempDir private Path folder;

  @Test
  void whoWantsItOnDiskIsToldWhenItIsAndSoIsTheWriter() throws IOException {
    HandMovedLog log = new HandMovedLog();
    try (WireServer server = WireServer.withLog(log);
        WireClient waiting = server.connect();
        WireClient writer = server.connect()) {
      assertThat(waiting.ask(request("CLIENT", "DURABILITY", "FSYNC"))).isEqualTo("+OK\r\n");
      assertThat(writer.ask(request("CLIENT", "DURABILITY", "NONE"))).isEqualTo("+OK\r\n");
      waiting.send(request("BTAKE", "k", "0"));
      awaitBlocked(server, 1);
      writer.send(request("SET", "k", "1111") + request("EXISTS", "k"));
      await().until(() -> log.requests().contains(1L));
      awaitBlocked(server, 0);
      assertThat(waiting.hasHeardNothing()).isTrue();
      assertThat(writer.hasHeardNothing()).isTrue();

      log.durable(1);
      assertThat(waiting.reply()).isEqualTo(TAKEN);
      assertThat(writer.reply()).isEqualTo("+OK\r\n");
      assertThat(writer.reply()).isEqualTo(":0\r\n");
      assertThat(waiting.ask(request("WAITAOF", "1", "0", "0"))).isEqualTo("*2\r\n:1\r\n:0\r\n");
    }
  }

  @Test
  void whatAWriterHasNotHeardNobodyHears() throws IOException {
    HandMovedLog log = new HandMovedLog();
    try (WireServer server = WireServer.withLog(log);
        WireClient waiting = server.connect();
        WireClient writer = server.connect()) {
      assertThat(waiting.ask(request("CLIENT", "DURABILITY", "NONE"))).isEqualTo("+OK\r\n");
      assertThat(writer.ask(request("CLIENT", "DURABILITY", "FSYNC"))).isEqualTo("+OK\r\n");
      waiting.send(request("BTAKE", "k", "0") + request("PING"));
      awaitBlocked(server, 1);
      writer.send(request("SET", "k", "1111"));
      awaitBlocked(server, 0);
      await().until(() -> log.requests().contains(1L));
      assertThat(waiting.hasHeardNothing()).isTrue();
      log.lose("Input/output error");
      assertThat(waiting.reply()).startsWith("-MISCONF ");
      assertThat(waiting.isClosed()).isTrue();
    }
  }

  @Test
  void aKeyThatIsOnlyOnDiskExists() throws IOException {
    try (WireServer before = open();
        WireClient client = before.connect()) {
      client.ask(request("SET", "k", "1111"));
      client.ask(request("SAVE"));
    }
    try (WireServer server = open();
        WireClient client = server.connect()) {
      client.send(request("BTAKE", "k", "0") + request("EXISTS", "k"));
      assertThat(client.reply()).isEqualTo(TAKEN);
      assertThat(client.reply()).isEqualTo(":0\r\n");
    }
  }

  @Test
  void keysBesideColdOnesAreWaitedForAndServed() throws IOException {
    try (WireServer before = open();
        WireClient client = before.connect()) {
      client.ask(request("SET", "{t}cold", "c"));
      client.ask(request("SAVE"));
    }
    try (WireServer server = open();
        WireClient waiting = server.connect();
        WireClient writer = server.connect()) {
      waiting.send(request("BTAKE", "{t}a", "{t}b", "0") + request("EXISTS", "{t}b"));
      awaitBlocked(server, 1);
      writer.ask(request("SET", "{t}b", "1111"));
      assertThat(waiting.reply()).isEqualTo("*2\r\n$4\r\n{t}b\r\n$4\r\n1111\r\n");
      assertThat(waiting.reply()).isEqualTo(":0\r\n");

      waiting.send(request("BTAKE", "{t}cold2", "0"));
      awaitBlocked(server, 1);
      assertThat(writer.ask(request("RENAME", "{t}cold", "{t}cold2"))).isEqualTo("+OK\r\n");
      assertThat(waiting.reply()).isEqualTo("*2\r\n$8\r\n{t}cold2\r\n$1\r\nc\r\n");
    }
  }

  @Test
  void aDatabaseThatIsExchangedBringsItsColdKeys() throws IOException {
    try (WireServer before = open();
        WireClient client = before.connect()) {
      client.send(request("SELECT", "1") + request("SET", "k", "1111") + request("SAVE"));
      for (int i = 0; i < 3; i++) {
        assertThat(client.reply()).isEqualTo("+OK\r\n");
      }
    }
    try (WireServer server = open();
        WireClient waiting = server.connect();
        WireClient behind = server.connect();
        WireClient writer = server.connect()) {
      waiting.send(request("BTAKE", "k", "0"));
      awaitBlocked(server, 1);
      behind.send(request("BTAKE", "k", "0"));
      awaitBlocked(server, 2);
      assertThat(writer.ask(request("SWAPDB", "0", "1"))).isEqualTo("+OK\r\n");
      assertThat(waiting.reply()).isEqualTo(TAKEN);
      writer.ask(request("SET", "k", "1111"));
      assertThat(behind.reply()).isEqualTo(TAKEN);
    }
  }

  private WireServer open() throws IOException {
    var tier = RocksTier.open(folder, TierOptions.SMALL);
    return WireServer.withStorage(new Storage((from, visitor) -> Log.NONE, tier));
  }

  private static void awaitBlocked(WireServer server, int count) {
    await().until(() -> server.server.engine().waiters().count() == count);
  }
}
