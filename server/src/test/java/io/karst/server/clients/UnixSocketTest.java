package io.karst.server.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.Setting;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/// A socket in the file system, beside a port or alone.
class UnixSocketTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"auto", "nio", "io_uring"})
  void clientsComeInAndTheFileGoesWithTheServer(String transport) throws Exception {
    Path path = directory.resolve("karst.sock");
    try (RunningServer server = open(path, "transport", transport, "unixsocketperm", "700")) {
      assertThat(server.server().port()).isZero();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
      try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        String value = "v".repeat(3 << 20);
        send(client, "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + value.length() + "\r\n" + value + "\r\n");
        send(client, "GET k\r\nINFO server\r\nCLIENT INFO\r\nQUIT\r\n");
        String replies = new String(Channels.newInputStream(client).readAllBytes(), US_ASCII);
        assertThat(replies)
            .startsWith("+OK\r\n$" + value.length() + "\r\n" + value + "\r\n")
            .contains("tcp_port:0\r\n")
            .contains("listener0:name=unix,bind=" + path + "\r\n")
            .contains(" addr=" + path + ":0 laddr=" + path + ":0 ")
            .contains(" flags=U ")
            .endsWith("+OK\r\n");
      }
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aPortMayBeBesideIt() throws Exception {
    Path path = directory.resolve("karst.sock");
    int port = TlsServer.freePort();
    try (RunningServer server = open(path, "port", Integer.toString(port));
        Jedis client = new Jedis("127.0.0.1", port)) {
      assertThat(client.ping()).isEqualTo("PONG");
      assertThat(server.server().port()).isEqualTo(port);
    }
  }

  @Test
  void whatAKilledProcessHasLeftIsReplaced() throws Exception {
    Path path = directory.resolve("karst.sock");
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(path).exists();
    try (RunningServer server = open(path);
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      send(client, "PING\r\n");
      assertThat(Channels.newInputStream(client).readNBytes(7)).asString().isEqualTo("+PONG\r\n");
      assertThat(server.server().sessions().count()).isOne();
    }
  }

  @Test
  void aSocketThatIsInUseIsLeftAlone() throws Exception {
    Path path = directory.resolve("karst.sock");
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(path));
      assertThatThrownBy(() -> open(path))
          .isInstanceOf(IOException.class)
          .hasMessage("unixsocket: another process listens on " + path);
      assertThat(path).exists();
    }
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws Exception {
    Path path = Files.writeString(directory.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> open(path))
        .isInstanceOf(IOException.class)
        .hasMessage("unixsocket: " + path + " is there, and is no socket");
    assertThat(path).hasContent("mine");
  }

  private static RunningServer open(Path path, String... settings) throws IOException {
    List<Setting> all = new ArrayList<>();
    all.add(new Setting("test", "memory-only", List.of("yes")));
    all.add(new Setting("test", "port", List.of("0")));
    all.add(new Setting("test", "bind", List.of("127.0.0.1")));
    all.add(new Setting("test", "unixsocket", List.of(path.toString())));
    for (int i = 0; i < settings.length; i += 2) {
      all.add(new Setting("test", settings[i], List.of(settings[i + 1])));
    }
    return RunningServer.open(Config.of(null, all), Clock.system());
  }

  private static void send(SocketChannel client, String bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes.getBytes(US_ASCII));
    while (left.hasRemaining()) {
      client.write(left);
    }
  }
}
