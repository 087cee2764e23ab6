package io.karst.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lettuce over TLS, with a certificate of its own and without.
class LettuceTlsTest {
  @TempDir Path directory;

  @Test
  void pipelinesWithClientAuthentication() throws Exception {
    try (TlsServer server = new TlsServer(directory, "tls-auth-clients", "yes")) {
      server.certificates.issue("client", Algorithm.rsa2048);
      SslOptions withCertificate =
          trusting(server)
              .keyManager(
                  server.certificates.certificate("client").toFile(),
                  server.certificates.key("client").toFile(),
                  new char[0])
              .build();
      try (RedisClient client = client(server, withCertificate);
          StatefulRedisConnection<String, String> connection = client.connect()) {
        List<RedisFuture<String>> replies = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
          replies.add(connection.async().set("key:" + i, "value:" + i));
        }
        for (RedisFuture<String> reply : replies) {
          assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo("OK");
        }
        assertThat(connection.sync().get("key:9999")).isEqualTo("value:9999");
      }
      try (RedisClient client = client(server, trusting(server).build())) {
        assertThatThrownBy(client::connect).isInstanceOf(RedisConnectionException.class);
      }
    }
  }

  private static SslOptions.Builder trusting(TlsServer server) {
    return SslOptions.builder().trustManager(server.certificates.authorityFile().toFile());
  }

  private static RedisClient client(TlsServer server, SslOptions options) {
    RedisURI address =
        RedisURI.builder().withHost("127.0.0.1").withPort(server.port()).withSsl(true).build();
    RedisClient client = RedisClient.create(address);
    client.setOptions(ClientOptions.builder().sslOptions(options).autoReconnect(false).build());
    return client;
  }
}
