package io.karst.server;

import io.karst.base.Clock;
import io.karst.cluster.ClusterOptions;
import io.karst.server.config.ClusterDirectives;
import io.karst.server.config.Config;
import io.karst.server.config.ConfigException;
import io.karst.server.config.Directive;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.MemoryDirectives;
import io.karst.server.config.NetworkDirectives;
import io.karst.server.config.TlsDirectives;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a server is a member of a cluster, by its configuration; what cannot be is refused before
/// anything is opened.
final class ClusterSetup {
  /// Of the cluster, below the data directory.
  static final String DIRECTORY = "raft";

  /// Of a single server's history.
  private static final String HISTORY = "wal";

  private static final int PORT_DISTANCE = 10_000;
  private static final int PORT_MAX = 65_535;
  private static final List<String> EVERY_ADDRESS = List.of("*", "::*", "0.0.0.0", "::");

  private final Config config;

  private ClusterSetup(Config config) {
    this.config = config;
  }

  /// How it takes part; null if it does not.
  ///
  /// - throws [ConfigException] if it cannot.
  static @Nullable ClusterOptions of(Config config, Clock clock) {
    ClusterSetup setup = new ClusterSetup(config);
    if (!config.value(ClusterDirectives.ENABLED)) {
      return null;
    }
    setup.checkDisk();
    config.set(MemoryDirectives.DATABASES, 1); // As Redis does.
    return setup.options(clock);
  }

  /// The place of a server's data.
  private Path directory() {
    return Path.of(config.value(DiskDirectives.DIR)).toAbsolutePath();
  }

  private void checkDisk() {
    if (config.value(DiskDirectives.MEMORY_ONLY)) {
      throw refused("'memory-only': what a majority has has to be on disk");
    }
    if (!config.value(DiskDirectives.APPENDONLY)) {
      throw refused("'appendonly no': the log of the cluster is the history");
    }
    if (config.value(DiskDirectives.SALVAGE)) {
      throw refused(
          "'salvage': a member with a damaged directory begins again with an empty one, and gets"
              + " the data from the others");
    }
    if (Files.exists(directory().resolve(HISTORY))) {
      throw new ConfigException(
          "the data directory "
              + directory()
              + " is that of a single server; a member of a cluster begins with an empty one: take"
              + " the keys over with ./karst export and import");
    }
  }

  private static ConfigException refused(String what) {
    return new ConfigException("'cluster-enabled' does not go with " + what);
  }

  private ClusterOptions options(Clock clock) {
    List<String> seeds = config.value(ClusterDirectives.SEEDS);
    if (seeds.isEmpty()) {
      throw new ConfigException(
          "'cluster-enabled' needs 'cluster-seeds': the members that form the cluster, as"
              + " host:port of their cluster ports");
    }
    String host = host(seeds);
    int listenPort = clusterPort();
    int announced = config.value(ClusterDirectives.ANNOUNCE_BUS_PORT);
    return new ClusterOptions(
        directory().resolve(DIRECTORY),
        clientHost(host),
        port(),
        host,
        announced != 0 ? announced : listenPort,
        listenPort,
        seeds,
        config.value(ClusterDirectives.REPLICATION_FACTOR),
        config.value(ClusterDirectives.SECRET),
        tls(),
        clock);
  }

  /// Where the other members find this one.
  private String host(List<String> seeds) {
    String announced = config.value(ClusterDirectives.ANNOUNCE_IP);
    if (!announced.isEmpty()) {
      return announced;
    }
    for (String address : config.value(NetworkDirectives.BIND)) {
      String plain = address.startsWith("-") ? address.substring(1) : address;
      if (!EVERY_ADDRESS.contains(plain)) {
        checkReachable(plain, seeds);
        return plain;
      }
    }
    throw new ConfigException(
        "'bind' is every address: 'cluster-announce-ip' has to say which one the other members"
            + " and their clients are told");
  }

  private static void checkReachable(String host, List<String> seeds) {
    for (String seed : seeds) {
      if (isLoopback(host) && !isLoopback(seed.substring(0, seed.lastIndexOf(':')))) {
        throw new ConfigException(
            "other members would be told "
                + host
                + ", which is this machine to each of them; set 'bind' or 'cluster-announce-ip'");
      }
    }
  }

  private static boolean isLoopback(String host) {
    return host.startsWith("127.")
        || host.equals("localhost")
        || host.equals("::1")
        || host.equals("[::1]");
  }

  /// Where clients are told that it is.
  private String clientHost(String host) {
    String name = config.value(ClusterDirectives.ANNOUNCE_HOSTNAME);
    boolean byName = config.value(ClusterDirectives.PREFERRED_ENDPOINT_TYPE).equals("hostname");
    if (byName && name.isEmpty()) {
      throw new ConfigException(
          "'cluster-preferred-endpoint-type hostname' needs 'cluster-announce-hostname'");
    }
    return byName ? name : host;
  }

  /// The port that clients are told.
  private int port() {
    boolean plain = config.value(NetworkDirectives.PORT) != 0;
    Directive<Integer> announced =
        plain ? ClusterDirectives.ANNOUNCE_PORT : ClusterDirectives.ANNOUNCE_TLS_PORT;
    int told = config.value(announced);
    return told != 0 ? told : listened();
  }

  private int listened() {
    int port = config.value(NetworkDirectives.PORT);
    int either = port != 0 ? port : config.value(TlsDirectives.PORT);
    if (either == 0) {
      throw refused("'port 0' and no 'tls-port': the other members' clients are told where to go");
    }
    return either;
  }

  private int clusterPort() {
    int set = config.value(ClusterDirectives.PORT);
    int port = set != 0 ? set : listened() + PORT_DISTANCE;
    if (port > PORT_MAX) {
      throw new ConfigException(
          "'cluster-port' has to be set: " + listened() + " and " + PORT_DISTANCE + " is no port");
    }
    boolean taken =
        port == config.value(NetworkDirectives.PORT) || port == config.value(TlsDirectives.PORT);
    if (taken) {
      throw new ConfigException("'cluster-port' is a port for clients, too: " + port);
    }
    return port;
  }

  private ClusterOptions.@Nullable Tls tls() {
    if (!config.value(ClusterDirectives.TLS)) {
      return null;
    }
    return new ClusterOptions.Tls(
        file(TlsDirectives.CERT_FILE),
        file(TlsDirectives.KEY_FILE),
        file(TlsDirectives.CA_CERT_FILE));
  }

  private Path file(Directive<String> directive) {
    String path = config.value(directive);
    if (path.isEmpty()) {
      throw new ConfigException("'tls-cluster yes' needs '" + directive + "'");
    }
    if (!Files.isReadable(Path.of(path))) {
      throw new ConfigException("'" + directive + "': " + path + " cannot be read");
    }
    return Path.of(path);
  }
}
