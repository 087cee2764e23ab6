package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.engine.Storage;
import io.karst.history.Log;
import io.karst.lsm.DamagedException;
import io.karst.lsm.RocksTier;
import io.karst.lsm.Tier;
import io.karst.lsm.TierOptions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that only the disk tier has, to clients: as all others, a little later.
class ColdKeysTest {
  private static final int KEYS = 40;

  @TempDir private Path folder;

  /// How often the tier was read, and what reads wait for.
  private final AtomicInteger reads = new AtomicInteger();

  private volatile CountDownLatch latch = new CountDownLatch(0);
  private volatile Bytes damaged = Bytes.utf8("");
  private WireServer server;
  private WireClient client;

  /// A server of which no key is in memory.
  @BeforeEach
  void start() throws IOException {
    try (WireServer before = open();
        WireClient writer = before.connect()) {
      for (int i = 0; i < KEYS; i++) {
        writer.ask(request("SET", "k" + i, "v" + i));
      }
      assertThat(writer.ask(request("SAVE"))).isEqualTo("+OK\r\n");
    }
    server = open();
    client = server.connect();
    reads.set(0);
  }

  @AfterEach
  void stop() throws IOException {
    latch.countDown();
    client.close();
    server.close();
  }

  @Test
  void aPipelineIsReadTogetherAndAnsweredInItsOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      requests.append(request("GET", "k" + i));
    }
    requests.append(request("PING")).append(request("GET")).append(request("GET", "k0"));
    client.send(requests.toString());

    for (int i = 0; i < KEYS; i++) {
      String value = "v" + i;
      assertThat(client.reply()).isEqualTo("$" + value.length() + "\r\n" + value + "\r\n");
    }
    assertThat(client.reply()).isEqualTo("+PONG\r\n");
    assertThat(client.reply()).startsWith("-ERR wrong number of arguments");
    assertThat(client.reply()).isEqualTo("$2\r\nv0\r\n");
    assertThat(reads.get()).isBetween(3, 4); // Groups of 16.
  }

  @Test
  void otherConnectionsAndOtherKeysDoNotWait() throws IOException {
    client.ask(request("GET", "k1"));
    latch = new CountDownLatch(1);
    client.send(request("GET", "k0") + request("GET", "k1"));
    try (WireClient other = server.connect()) {
      await().until(() -> reads.get() == 2);
      assertThat(other.ask(request("GET", "k1"))).isEqualTo("$2\r\nv1\r\n");
      assertThat(other.ask(request("SET", "k1", "v1"))).isEqualTo("+OK\r\n");
      assertThat(client.hasHeardNothing()).isTrue();
    }
    latch.countDown();
    assertThat(client.reply()).isEqualTo("$2\r\nv0\r\n");
    assertThat(client.reply()).isEqualTo("$2\r\nv1\r\n");
  }

  @Test
  void commandsOfAllKindsMix() throws IOException {
    client.send(
        request("APPEND", "k0", "x")
            + request("NOPE")
            + request("SELECT", "1")
            + request("SET", "k0", "other")
            + request("SELECT", "0")
            + request("GET", "k0")
            + request("DEL", "k1", "k2", "missing")
            + request("EXISTS", "k1", "k2", "k3")
            + request("DBSIZE"));
    assertThat(client.reply()).isEqualTo(":3\r\n");
    assertThat(client.reply()).startsWith("-ERR unknown command");
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("+OK\r\n");
    assertThat(client.reply()).isEqualTo("$3\r\nv0x\r\n");
    assertThat(client.reply()).isEqualTo(":2\r\n");
    assertThat(client.reply()).isEqualTo(":1\r\n");
    assertThat(client.reply()).isEqualTo(":" + (KEYS - 2) + "\r\n");
  }

  @Test
  void aTransactionIsReadTogether() throws IOException {
    client.send(request("WATCH", "k9") + request("MULTI"));
    for (int i = 0; i < 20; i++) {
      client.send(request("APPEND", "k" + i, "x"));
    }
    client.send(request("EXEC"));
    StringBuilder lengths = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      lengths.append(i < 10 ? ":3\r\n" : ":4\r\n");
    }
    for (int i = 0; i < 22; i++) {
      assertThat(client.reply()).isIn("+OK\r\n", "+QUEUED\r\n");
    }
    assertThat(client.reply()).isEqualTo("*20\r\n" + lengths);
    assertThat(reads.get()).isEqualTo(2); // WATCH was on its own.
  }

  @Test
  void aTransactionReadsFromAllItsDatabases() throws IOException {
    client.send(
        request("MULTI", "ATOMIC")
            + request("APPEND", "k0", "x")
            + request("SELECT", "1")
            + request("GET", "k1")
            + request("SELECT", "0")
            + request("GET", "k1")
            + request("DBSIZE")
            + request("EXEC"));
    for (int i = 0; i < 7; i++) {
      assertThat(client.reply()).isIn("+OK\r\n", "+QUEUED\r\n");
    }
    assertThat(client.reply())
        .isEqualTo("*6\r\n:3\r\n+OK\r\n$-1\r\n+OK\r\n$2\r\nv1\r\n:" + KEYS + "\r\n");
    assertThat(reads.get()).isEqualTo(1);
  }

  @Test
  void damageIsTheErrorOfATransaction() throws IOException {
    damaged = Bytes.utf8("k1");
    client.send(
        request("MULTI") + request("SET", "k0", "x") + request("GET", "k1") + request("EXEC"));
    for (int i = 0; i < 3; i++) {
      client.reply();
    }
    assertThat(client.reply())
        .isEqualTo("-EXECABORT Transaction discarded because of: damage on disk: k1\r\n");
    assertThat(client.ask(request("GET", "k0"))).isEqualTo("$2\r\nv0\r\n");
  }

  @Test
  void damageIsTheErrorOfItsCommandAlone() throws IOException {
    damaged = Bytes.utf8("k1");
    client.send(request("GET", "k0") + request("GET", "k1") + request("GET", "k2"));

    assertThat(client.reply()).isEqualTo("$2\r\nv0\r\n");
    assertThat(client.reply()).isEqualTo("-ERR damage on disk: k1\r\n");
    assertThat(client.reply()).isEqualTo("$2\r\nv2\r\n");
  }

  @Test
  void largeRepliesComeInLegs() throws IOException {
    String value = "v".repeat(700_000);
    for (int i = 0; i < 8; i++) {
      client.ask(request("SET", "large" + i, value));
    }
    client.ask(request("SAVE"));
    client.close();
    server.close();
    server = open();
    client = server.connect();
    reads.set(0);
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      requests.append(request("GET", "large" + i));
    }
    client.send(requests + request("PING"));
    for (int i = 0; i < 8; i++) {
      assertThat(client.reply()).hasSize("$700000\r\n".length() + value.length() + 2);
    }
    assertThat(client.reply()).isEqualTo("+PONG\r\n");
  }

  private WireServer open() throws IOException {
    Tier tier = RocksTier.open(folder, TierOptions.SMALL);
    Object watched =
        Proxy.newProxyInstance(
            Tier.class.getClassLoader(),
            new Class<?>[] {Tier.class},
            (proxy, method, arguments) -> watch(tier, method, arguments));
    return WireServer.withStorage(new Storage((from, visitor) -> Log.NONE, (Tier) watched));
  }

  private Object watch(Tier tier, Method method, Object[] arguments) throws Throwable {
    if (method.getName().startsWith("get")) {
      reads.incrementAndGet();
      latch.await();
      checkDamage(arguments[1]);
    }
    try {
      return method.invoke(tier, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void checkDamage(Object keys) {
    List<?> all = keys instanceof List<?> list ? list : Arrays.asList(keys);
    if (all.contains(damaged)) {
      throw new DamagedException(damaged.utf8(), new IOException("flipped bits"));
    }
  }
}
