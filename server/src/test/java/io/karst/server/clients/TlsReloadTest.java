package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Clock;
import io.karst.base.CommandException;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.Setting;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/// Certificates, ports and rules that change while clients are there, and what does not start.
class TlsReloadTest {
  @TempDir Path directory;

  @Test
  void aFileThatHasChangedIsReadAnewWhenItsNameIsSet() throws Exception {
    try (TlsServer server = new TlsServer(directory);
        Jedis before = server.jedis()) {
      assertThat(subject(server)).isEqualTo("CN=server");
      server.certificates.issue("renewed", Algorithm.rsa2048);
      overwrite(server, "renewed");
      assertThat(subject(server)).isEqualTo("CN=server");
      server.set("tls-cert-file", server.certificates.certificate("server").toString());
      assertThat(subject(server)).isEqualTo("CN=renewed");
      assertThat(before.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void whatCannotBeUsedChangesNothing() throws Exception {
    try (TlsServer server = new TlsServer(directory)) {
      server.certificates.issue("other", Algorithm.ecp256);
      String otherKey = server.certificates.key("other").toString();
      assertThatThrownBy(() -> server.set("timeout", "7", "tls-key-file", otherKey))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("possibly related to argument 'tls-key-file'")
          .hasMessageContaining("is not the key of the certificate");
      assertThat(server.running.server().limits().idleSeconds()).isZero();
      assertThat(subject(server)).isEqualTo("CN=server");
      server.set(
          "tls-key-file",
          otherKey,
          "tls-cert-file",
          server.certificates.certificate("other").toString());
      assertThat(subject(server)).isEqualTo("CN=other");
    }
  }

  @Test
  void reloadingUnderLoadBreaksNoConnection() throws Exception {
    try (TlsServer server = new TlsServer(directory)) {
      server.certificates.issue("other", Algorithm.ecp256);
      AtomicBoolean stop = new AtomicBoolean();
      AtomicLong done = new AtomicLong();
      List<Future<?>> clients = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 4; i++) {
          boolean stays = i < 2;
          clients.add(threads.submit(() -> load(server, stays, stop, done)));
        }
        for (int i = 0; i < 30; i++) {
          String name = i % 2 == 0 ? "other" : "server";
          server.set(
              "tls-cert-file", server.certificates.certificate(name).toString(),
              "tls-key-file", server.certificates.key(name).toString());
        }
        stop.set(true);
        for (Future<?> client : clients) {
          client.get();
        }
      }
      assertThat(done.get()).isPositive();
      assertThat(subject(server)).isEqualTo("CN=server");
    }
  }

  /// - `stays`: with one connection; otherwise with a new one for each command.
  private static Void load(TlsServer server, boolean stays, AtomicBoolean stop, AtomicLong done)
      throws Exception {
    while (!stop.get()) {
      try (Jedis jedis = server.jedis()) {
        do {
          assertThat(jedis.ping()).isEqualTo("PONG");
          done.incrementAndGet();
        } while (stays && !stop.get());
      }
    }
    return null;
  }

  @Test
  void portsComeAndGoAtRunTime() throws Exception {
    try (TlsServer server = new TlsServer(directory);
        Jedis jedis = server.jedis()) {
      int plain = TlsServer.freePort();
      server.set("port", Integer.toString(plain));
      try (Jedis inTheClear = new Jedis("127.0.0.1", plain)) {
        assertThat(inTheClear.ping()).isEqualTo("PONG");
        assertThat(inTheClear.info("server"))
            .contains("tcp_port:" + plain + "\r\n")
            .contains("listener0:name=tls,bind=127.0.0.1,port=" + server.port() + "\r\n")
            .contains("listener1:name=tcp,bind=127.0.0.1,port=" + plain + "\r\n");
        server.set("tls-port", "0");
        assertThat(inTheClear.ping()).isEqualTo("PONG");
        assertThat(jedis.ping()).isEqualTo("PONG");
        assertThatThrownBy(() -> server.jedis().ping()).isInstanceOf(RuntimeException.class);
      }
    }
  }

  @Test
  void aPortThatIsTakenChangesNothing() throws Exception {
    try (TlsServer server = new TlsServer(directory);
        TlsServer other = new TlsServer(directory)) {
      int port = server.port();
      String taken = Integer.toString(other.port());
      assertThatThrownBy(() -> server.set("tls-port", taken))
          .hasMessageContaining("Unable to listen");
      assertThat(server.port()).isEqualTo(port);
      assertThat(subject(server)).isEqualTo("CN=server");
    }
  }

  @Test
  void aServerWithoutItsKeyDoesNotStart() {
    Config config =
        Config.of(
            null,
            List.of(
                new Setting("test", "memory-only", List.of("yes")),
                new Setting("test", "tls-port", List.of("7599"))));
    assertThatThrownBy(() -> RunningServer.open(config, Clock.system()))
        .isInstanceOf(IOException.class)
        .hasMessage("tls-port needs a certificate and its key: set tls-cert-file and tls-key-file");
  }

  /// BoringSSL takes all suites of TLS 1.3 or none, so this is the JDK's.
  @Test
  void aShortListOfSuitesIsKept() throws Exception {
    try (TlsServer server =
            new TlsServer(
                directory,
                "tls-ciphersuites",
                "TLS_CHACHA20_POLY1305_SHA256",
                "tls-protocols",
                "TLSv1.3");
        SSLSocket socket = server.socket()) {
      socket.startHandshake();
      assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
      try (Jedis jedis = server.jedis()) {
        String value = "x".repeat(5 << 20);
        jedis.set("k", value);
        assertThat(jedis.get("k")).isEqualTo(value);
      }
    }
  }

  @Test
  void ciphersOfTls12AreThoseThatAreNamed() throws Exception {
    try (TlsServer server =
            new TlsServer(
                directory,
                "tls-ciphers",
                "ECDHE-ECDSA-CHACHA20-POLY1305",
                "tls-protocols",
                "TLSv1.2");
        SSLSocket socket = server.socket()) {
      socket.startHandshake();
      assertThat(socket.getSession().getCipherSuite())
          .isEqualTo("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
    }
  }

  private static void overwrite(TlsServer server, String name) throws IOException {
    TestCertificates files = server.certificates;
    Files.copy(
        files.certificate(name), files.certificate("server"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(files.key(name), files.key("server"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String subject(TlsServer server) throws Exception {
    try (SSLSocket socket = server.socket()) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }
}
