package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server in a cluster that a test moves by hand, and a client of it that is told at once.
abstract class InCluster {
  static final String OK = "+OK\r\n";

  final HandMovedCluster cluster;
  WireServer server;
  WireClient client;

  InCluster(HandMovedCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void start() throws IOException {
    server = WireServer.inCluster(cluster);
    client = server.connect();
    assertThat(ask("CLIENT", "DURABILITY", "NONE")).isEqualTo(OK);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  final String ask(String... words) throws IOException {
    return client.ask(request(words));
  }
}
