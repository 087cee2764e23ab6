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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `MIGRATE` from a server that keeps its data: what is on disk, and what has to be.
@Timeout(60)
class MigrateDurableTest {
  private static final String OK = "+OK\r\n";

  @TempDir private Path folder;

  private static String migrate(WireClient client, int port, String... words) throws IOException {
    return client.ask(migration("" + port, words));
  }

  /// - `words`: from the key on.
  private static String migration(String port, String... words) {
    List<String> all = new ArrayList<>(List.of("MIGRATE", "127.0.0.1", port));
    all.addAll(List.of(words));
    return request(all.toArray(String[]::new));
  }

  private static String ask(WireClient whom, String line) throws IOException {
    return whom.ask(request(line.split(" ")));
  }

  /// A server whose keys are in memory only if they have been asked for since.
  private WireServer onDisk() throws IOException {
    return WireServer.withStorage(
        new Storage((from, visitor) -> Log.NONE, RocksTier.open(folder, TierOptions.SMALL)));
  }

  @Test
  void keysOnDiskGoAsTheOthersDo() throws IOException {
    try (WireServer before = onDisk();
        WireClient writer = before.connect()) {
      ask(writer, "SET s 1 PX 100000");
      ask(writer, "RPUSH l a b c");
      ask(writer, "HSET h f v");
      ask(writer, "SET copied 2");
      ask(writer, "SET refused 3");
      assertThat(ask(writer, "SAVE")).isEqualTo(OK);
    }
    try (WireServer here = onDisk();
        WireServer there = WireServer.withAll();
        WireClient client = here.connect();
        WireClient remote = there.connect()) {
      int port = there.server.port();
      ask(remote, "MSET h old refused old");
      ask(remote, "CONFIG SET requirepass secret");
      assertThat(ask(remote, "AUTH secret")).isEqualTo(OK);

      String[] auth = {"AUTH2", "default", "secret"};
      assertThat(migrate(client, port, "copied", "0", "9000", "COPY", auth[0], auth[1], auth[2]))
          .isEqualTo(OK);
      assertThat(migrate(client, port, "refused", "0", "9000", "AUTH", "secret"))
          .contains("BUSYKEY");
      String[] words = {
        "", "0", "9000", "REPLACE", "AUTH", "secret", "KEYS", "s", "none", "l", "h"
      };
      assertThat(migrate(client, port, words)).isEqualTo(OK);

      assertThat(ask(client, "EXISTS s l h")).isEqualTo(":0\r\n");
      assertThat(ask(client, "MGET copied refused")).isEqualTo("*2\r\n$1\r\n2\r\n$1\r\n3\r\n");
      assertThat(ask(client, "DBSIZE")).isEqualTo(":2\r\n");
      assertThat(ask(remote, "TTL s")).isIn(":100\r\n", ":99\r\n");
      assertThat(ask(remote, "LRANGE l 0 -1")).isEqualTo("*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n");
      assertThat(ask(remote, "HGET h f")).isEqualTo("$1\r\nv\r\n");
      assertThat(ask(remote, "MGET copied refused")).isEqualTo("*2\r\n$1\r\n2\r\n$3\r\nold\r\n");
      assertThat(ask(client, "SAVE")).isEqualTo(OK);
    }
    try (WireServer again = onDisk();
        WireClient client = again.connect()) {
      assertThat(ask(client, "EXISTS s l h copied refused")).isEqualTo(":2\r\n");
    }
  }

  @Test
  void whatAClientWantsOnDiskIsThereBeforeItLeavesAndBeforeTheReply() throws IOException {
    HandMovedLog log = new HandMovedLog();
    try (WireServer here = WireServer.withLog(log);
        WireServer there = WireServer.withAll();
        WireClient client = here.connect();
        WireClient writer = here.connect();
        WireClient remote = there.connect()) {
      assertThat(ask(client, "CLIENT DURABILITY FSYNC")).isEqualTo(OK);
      assertThat(ask(writer, "SET k v")).isEqualTo(OK);
      client.send(migration("" + there.server.port(), "k", "0", "9000"));

      await().until(() -> log.requests().contains(1L));
      assertThat(ask(remote, "EXISTS k")).isEqualTo(":0\r\n");
      log.durable(1); // What was written.
      await().until(() -> log.requests().contains(2L));
      assertThat(ask(remote, "GET k")).isEqualTo("$1\r\nv\r\n");
      assertThat(client.hasHeardNothing()).isTrue();
      log.durable(2); // That it is gone.
      assertThat(client.reply()).isEqualTo(OK);
      assertThat(ask(writer, "EXISTS k")).isEqualTo(":0\r\n");
    }
  }

  @Test
  void aCopyOfWhatIsOnDiskDoesNotWaitForOthersWrites() throws IOException {
    HandMovedLog log = new HandMovedLog();
    try (WireServer here = WireServer.withLog(log);
        WireServer there = WireServer.withAll();
        WireClient client = here.connect();
        WireClient writer = here.connect()) {
      assertThat(ask(writer, "SET k v")).isEqualTo(OK);
      log.durable(1);
      assertThat(ask(writer, "SET other v")).isEqualTo(OK);
      assertThat(ask(client, "CLIENT DURABILITY FSYNC")).isEqualTo(OK);

      assertThat(migrate(client, there.server.port(), "k", "0", "9000", "COPY")).isEqualTo(OK);

      assertThat(log.requests()).isEmpty();
      assertThat(ask(writer, "EXISTS k")).isEqualTo(":1\r\n");
    }
  }
}
