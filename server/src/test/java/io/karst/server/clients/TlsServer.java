package io.karst.server.clients;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.Setting;
import io.karst.server.config.TlsDirectives;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/// A server with a port for TLS, a certificate of its own and an authority, in memory.
public final class TlsServer implements AutoCloseable {
  private static final int ATTEMPTS = 10;

  public final TestCertificates certificates;
  public final RunningServer running;

  /// - `settings`: names and values of directives by turns.
  public TlsServer(Path directory, String... settings) throws Exception {
    certificates = new TestCertificates(directory, "authority");
    certificates.issue("server", Algorithm.ecp256);
    running = open(settings);
  }

  /// The port that was free may be somebody else's by then.
  private RunningServer open(String... settings) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return RunningServer.open(config(settings), Clock.system());
      } catch (IOException taken) {
        if (attempt == ATTEMPTS || !String.valueOf(taken.getMessage()).contains("in use")) {
          throw taken;
        }
      }
    }
  }

  private Config config(String... settings) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "memory-only",
                "yes",
                "port",
                "0",
                "bind",
                "127.0.0.1",
                "tls-port",
                Integer.toString(freePort()),
                "tls-cert-file",
                certificates.certificate("server").toString(),
                "tls-key-file",
                certificates.key("server").toString(),
                "tls-ca-cert-file",
                certificates.authorityFile().toString(),
                "tls-auth-clients",
                "no"));
    words.addAll(List.of(settings));
    List<Setting> all = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 2) {
      all.add(new Setting("test", words.get(i), List.of(words.get(i + 1))));
    }
    return Config.of(null, all);
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return running.server().config().value(TlsDirectives.PORT);
  }

  public void set(String... namesAndValues) {
    running.server().config().set(List.of(namesAndValues));
  }

  /// A client that trusts the server's authority.
  public Jedis jedis() throws Exception {
    SSLSocketFactory sockets = certificates.client().getSocketFactory();
    return new Jedis(
        () -> connected(sockets),
        DefaultJedisClientConfig.builder().autoNegotiateProtocol(false).build());
  }

  private Socket connected(SSLSocketFactory sockets) {
    try {
      Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port());
      socket.setSoTimeout(20_000);
      return socket;
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  /// A socket of such a client, before the handshake.
  public SSLSocket socket() throws Exception {
    SSLSocket socket =
        (SSLSocket)
            certificates
                .client()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  @Override
  public void close() {
    running.close();
  }
}
