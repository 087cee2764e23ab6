package io.karst.server.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karst.server.config.ClientDirectives;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/// Connections over TLS: who gets one, what goes over it, how it ends.
class TlsConnectionsTest {
  private static final byte[] PING = "PING\r\n".getBytes(US_ASCII);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"auto", "nio", "io_uring"})
  void everyTransportServesAllVersions(String transport) throws Exception {
    try (TlsServer server = new TlsServer(directory, "transport", transport)) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        try (SSLSocket socket = server.socket()) {
          socket.setEnabledProtocols(new String[] {version});
          socket.getOutputStream().write(PING);
          assertThat(socket.getInputStream().readNBytes(7)).asString().isEqualTo("+PONG\r\n");
          assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
      }
    }
  }

  @Test
  void largeValuesAndLongRepliesAreWhole() throws Exception {
    try (TlsServer server = new TlsServer(directory);
        Jedis jedis = server.jedis()) {
      byte[] value = new byte[100 << 20];
      new Random(4711).nextBytes(value);
      byte[] key = "large".getBytes(US_ASCII);
      assertThat(jedis.set(key, value)).isEqualTo("OK");
      assertThat(Arrays.equals(jedis.get(key), value)).isTrue();
      List<String> members = new ArrayList<>();
      for (int i = 0; i < 200_000; i++) {
        members.add("member-" + i);
      }
      jedis.rpush("list", members.toArray(String[]::new));
      assertThat(jedis.lrange("list", 0, -1)).isEqualTo(members);
    }
  }

  /// Whoever does not read must not be a reason to hold more than the marks of the socket allow.
  @Test
  void aClientThatDoesNotReadIsWaitedFor() throws Exception {
    try (TlsServer server = new TlsServer(directory);
        Jedis jedis = server.jedis();
        SSLSocket lazy = server.socket()) {
      int size = 1 << 20;
      jedis.set("value", "x".repeat(size));
      int requests = 100;
      lazy.getOutputStream().write("GET value\r\n".repeat(requests).getBytes(US_ASCII));
      await()
          .untilAsserted(
              () -> assertThat(jedis.clientList()).containsPattern("obl=[1-9]\\d*.*cmd=get"));
      assertThat(jedis.ping()).isEqualTo("PONG");
      InputStream in = lazy.getInputStream();
      String header = "$" + size + "\r\n";
      for (int i = 0; i < requests; i++) {
        byte[] reply = in.readNBytes(header.length() + size + 2);
        assertThat(new String(reply, 0, header.length(), US_ASCII)).isEqualTo(header);
      }
    }
  }

  @Test
  void plainBytesAreTurnedAway() throws Exception {
    try (TlsServer server = new TlsServer(directory);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(PING);
      assertThat(isClosed(socket)).isTrue();
      try (Jedis jedis = server.jedis()) {
        assertThat(jedis.ping()).isEqualTo("PONG");
        assertThat(jedis.info("clients")).contains("connected_clients:1\r\n");
      }
    }
  }

  @Test
  void aHandshakeThatTakesTooLongEndsAndIsNoClientMeanwhile() throws Exception {
    try (TlsServer server =
        new TlsServer(directory, "maxclients", "2", "tls-handshake-timeout", "1")) {
      try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port());
          Socket another = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        silent.setSoTimeout(20_000);
        another.setSoTimeout(20_000);
        another.getOutputStream().write(new byte[] {0x16, 3, 1});
        assertThat(isClosed(silent)).isTrue();
        assertThat(isClosed(another)).isTrue();
      }
      try (Jedis first = server.jedis();
          Jedis second = server.jedis()) {
        assertThat(first.ping()).isEqualTo("PONG");
        assertThat(second.ping()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void oneTooManyIsToldSo() throws Exception {
    try (TlsServer server = new TlsServer(directory, "maxclients", "1");
        Jedis first = server.jedis()) {
      assertThat(first.ping()).isEqualTo("PONG");
      try (SSLSocket second = server.socket()) {
        second.startHandshake();
        assertThat(second.getInputStream().readAllBytes())
            .asString()
            .isEqualTo("-ERR max number of clients reached\r\n");
      }
      assertThat(server.running.server().config().value(ClientDirectives.MAXCLIENTS)).isOne();
    }
  }

  @Test
  void aClientHasToShowACertificateOfTheAuthority() throws Exception {
    try (TlsServer server = new TlsServer(directory, "tls-auth-clients", "yes")) {
      TestCertificates stranger = new TestCertificates(directory, "stranger");
      X509Bundle good = server.certificates.issue("client", Algorithm.ecp256);
      X509Bundle bad = stranger.issue("other", Algorithm.ecp256);
      assertThat(ping(server, server.certificates.client(good))).isEqualTo("+PONG\r\n");
      assertThatThrownBy(() -> ping(server, server.certificates.client(bad)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ping(server, server.certificates.client()))
          .isInstanceOf(IOException.class);
      server.set("tls-auth-clients", "optional");
      assertThat(ping(server, server.certificates.client())).isEqualTo("+PONG\r\n");
      assertThat(ping(server, server.certificates.client(good))).isEqualTo("+PONG\r\n");
    }
  }

  @Test
  void aClientThatTrustsAnotherAuthorityDoesNotConnect() throws Exception {
    try (TlsServer server = new TlsServer(directory)) {
      SSLContext stranger = new TestCertificates(directory, "stranger").client();
      assertThatThrownBy(() -> ping(server, stranger)).isInstanceOf(SSLException.class);
    }
  }

  private static String ping(TlsServer server, SSLContext context) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(PING);
      byte[] reply = socket.getInputStream().readNBytes(7);
      if (reply.length == 0) {
        throw new IOException("closed");
      }
      return new String(reply, US_ASCII);
    }
  }

  /// Whether the server has ended it; what it says before is no reply.
  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return !new String(socket.getInputStream().readAllBytes(), US_ASCII).contains("PONG");
    } catch (java.net.SocketException reset) {
      return true;
    }
  }
}
