package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Clock;
import io.karst.cluster.ClusterOptions;
import io.karst.server.config.Config;
import io.karst.server.config.ConfigException;
import io.karst.server.config.MemoryDirectives;
import io.karst.server.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSetupTest {
  @TempDir private Path directory;

  private Config config(String... namesAndValues) {
    List<Setting> settings = new ArrayList<>();
    add(settings, "dir", directory.toString(), "port", "7000", "cluster-enabled", "yes");
    add(settings, "cluster-seeds", "127.0.0.1:17000,127.0.0.1:17001");
    add(settings, namesAndValues);
    return Config.of(null, settings);
  }

  private static void add(List<Setting> settings, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      settings.add(new Setting(name, name, List.of(namesAndValues[i + 1].split(" ", -1))));
    }
  }

  private ClusterOptions options(String... namesAndValues) {
    return Objects.requireNonNull(ClusterSetup.of(config(namesAndValues), Clock.system()));
  }

  private void assertRefused(String why, String... namesAndValues) {
    assertThatThrownBy(() -> options(namesAndValues))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aServerIsByItselfUnlessItIsToldOtherwise() {
    Config single = config("cluster-enabled", "no");
    assertThat(ClusterSetup.of(single, Clock.system())).isNull();
    assertThat(single.value(MemoryDirectives.DATABASES)).isEqualTo(16);
  }

  @Test
  void whatIsNotSaidFollowsFromTheRest() {
    Config config = config();
    ClusterOptions options = Objects.requireNonNull(ClusterSetup.of(config, Clock.system()));
    assertThat(options.directory()).isEqualTo(directory.resolve("raft"));
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(7000);
    assertThat(options.clusterPort()).isEqualTo(17000);
    assertThat(options.seeds()).containsExactly("127.0.0.1:17000", "127.0.0.1:17001");
    assertThat(options.votersMax()).isEqualTo(3);
    assertThat(options.secret()).isEmpty();
    assertThat(options.tls()).isNull();
    assertThat(config.value(MemoryDirectives.DATABASES)).isEqualTo(1);
  }

  @Test
  void whatIsSaidIsTold() throws IOException {
    Path file = Files.createFile(directory.resolve("pem"));
    ClusterOptions options =
        options(
            "bind", "*",
            "cluster-port", "18000",
            "cluster-seeds", "n1:1 n2:2",
            "cluster-announce-ip", "10.1.2.3",
            "cluster-announce-port", "7777",
            "cluster-announce-bus-port", "18001",
            "cluster-announce-hostname", "n1.example",
            "cluster-preferred-endpoint-type", "hostname",
            "cluster-replication-factor", "5",
            "cluster-secret", "s",
            "tls-cluster", "yes",
            "tls-cert-file", file.toString(),
            "tls-key-file", file.toString(),
            "tls-ca-cert-file", file.toString());
    assertThat(options.host()).isEqualTo("n1.example");
    assertThat(options.clusterHost()).isEqualTo("10.1.2.3");
    assertThat(options.port()).isEqualTo(7777);
    assertThat(options.clusterPort()).isEqualTo(18001);
    assertThat(options.listenPort()).isEqualTo(18000);
    assertThat(options.seeds()).containsExactly("n1:1", "n2:2");
    assertThat(options.votersMax()).isEqualTo(5);
    assertThat(options.secret()).isEqualTo("s");
    assertThat(Objects.requireNonNull(options.tls()).trusted()).isEqualTo(file);
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    assertRefused("'memory-only'", "memory-only", "yes");
    assertRefused("'appendonly no'", "appendonly", "no");
    assertRefused("'salvage'", "salvage", "yes");
    assertRefused("'port 0'", "port", "0");
    assertRefused("'cluster-seeds'", "cluster-seeds", "");
    assertRefused("is a port for clients, too: 7000", "cluster-port", "7000");
    assertRefused("'cluster-port' has to be set", "port", "60000");
    assertRefused("'bind' is every address", "bind", "* ::*");
    assertRefused("other members would be told 127.0.0.1", "cluster-seeds", "10.0.0.1:17000");
    assertRefused("'tls-cluster yes' needs 'tls-cert-file'", "tls-cluster", "yes");
    assertRefused(
        "needs 'cluster-announce-hostname'", "cluster-preferred-endpoint-type", "hostname");
    assertRefused("is not host:port", "cluster-seeds", "nowhere");
    Files.createDirectory(directory.resolve("wal"));
    assertRefused("is that of a single server");
  }
}
