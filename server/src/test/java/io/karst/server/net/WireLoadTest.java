package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Large pipelines, large values, many connections; over every transport this machine has.
class WireLoadTest {
  private static final int PIPELINED = 100_000;

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "EPOLL", "NIO"})
  void aPipelineOfHundredThousandCommandsInOneWrite(String transport) throws IOException {
    try (WireServer server = new WireServer("transport", transport);
        WireClient client = server.connect()) {
      StringBuilder pipeline = new StringBuilder();
      for (int i = 0; i < PIPELINED / 4; i++) {
        String key = "key:" + i % 1000;
        pipeline.append("PING\r\n").append(request("SET", key, "value " + i));
        pipeline.append(request("GET", key)).append(request("GET", "missing"));
      }
      Thread sender = sending(client, pipeline.toString());
      for (int i = 0; i < PIPELINED / 4; i++) {
        String value = "value " + i;
        assertThat(client.reply()).isEqualTo("+PONG\r\n");
        assertThat(client.reply()).isEqualTo("+OK\r\n");
        assertThat(client.reply()).isEqualTo("$" + value.length() + "\r\n" + value + "\r\n");
        assertThat(client.reply()).isEqualTo("$-1\r\n");
      }
      assertThat(sender.isAlive()).isFalse();
      assertThat(server.server.stats().commandsProcessed()).isEqualTo(PIPELINED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "EPOLL", "NIO"})
  void largeValuesTravelBothWays(String transport) throws IOException {
    try (WireServer server = new WireServer("transport", transport);
        WireClient client = server.connect()) {
      for (int size : new int[] {32 << 10, 65_535, 65_536, 131_072, 1 << 20, 20 << 20}) {
        String value = "0123456789abcdef".repeat(size / 16 + 1).substring(0, size);
        Thread sender = sending(client, request("SET", "k", value) + request("GET", "k"));
        assertThat(client.reply()).isEqualTo("+OK\r\n");
        assertThat(client.reply()).isEqualTo("$" + size + "\r\n" + value + "\r\n");
        assertThat(sender).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "EPOLL", "NIO"})
  void clientsThatVanishLeaveNothingBehind(String transport) throws IOException {
    try (WireServer server = new WireServer("transport", transport)) {
      String[] beginnings = {"", "*", "*3\r\n$3\r\nSET\r\n$1", "*1\r\n$100000\r\nxyz", "PIN"};
      for (int i = 0; i < 50; i++) {
        try (WireClient client = server.connect()) {
          client.send(request("SET", "k", "v") + beginnings[i % beginnings.length]);
          client.socket.setSoLinger(i % 2 == 0, 0);
        }
      }
      await().until(() -> server.server.sessions().count() == 0);
      try (WireClient client = server.connect()) {
        assertThat(client.ask(request("GET", "k"))).isEqualTo("$1\r\nv\r\n");
      }
    }
  }

  /// As many as the limit of open files allows, up to ten thousand: each costs two here.
  @Test
  void tenThousandConnectionsAreServed() throws IOException {
    int count = (int) Math.min(10_000, (freeFiles() - 500) / 2);
    System.out.println(count + " connections");
    try (WireServer server = new WireServer("maxclients", "20000")) {
      List<WireClient> clients = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          clients.add(server.connectSmall());
        }
        for (int round = 0; round < 2; round++) {
          for (WireClient client : clients) {
            client.send(request("SET", "k", "v") + request("GET", "k"));
          }
          for (WireClient client : clients) {
            assertThat(client.reply()).isEqualTo("+OK\r\n");
            assertThat(client.reply()).isEqualTo("$1\r\nv\r\n");
          }
        }
        assertThat(server.server.sessions().count()).isEqualTo(count);
      } finally {
        for (WireClient client : clients) {
          client.close();
        }
      }
    }
  }

  private static long freeFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
        : 1500;
  }

  private static Thread sending(WireClient client, String text) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            client.send(text);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }
}
