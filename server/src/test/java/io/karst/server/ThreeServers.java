package io.karst.server;

import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import io.karst.cluster.Member;
import io.karst.cluster.ShardView;
import io.karst.server.config.Config;
import io.karst.server.config.Setting;
import io.karst.server.session.Standing;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A cluster of three servers in this process: one shard, or three.
public final class ThreeServers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int COUNT = 3;

  /// Below those that the system gives to outgoing connections.
  private static final AtomicInteger PORTS =
      new AtomicInteger((int) (ProcessHandle.current().pid() % 900));

  private final Path directory;
  private final int shards;
  private final List<Integer> ports;
  private final List<Integer> clusterPorts;
  private final @Nullable RunningServer[] servers = new @Nullable RunningServer[COUNT];

  public ThreeServers(Path directory) throws IOException {
    this(directory, 1);
  }

  /// Each server is a shard.
  public static ThreeServers ofThreeShards(Path directory) throws IOException {
    return new ThreeServers(directory, COUNT);
  }

  private ThreeServers(Path directory, int shards) throws IOException {
    this.directory = directory;
    this.shards = shards;
    ports = freePorts();
    clusterPorts = freePorts();
    for (int i = 0; i < COUNT; i++) {
      start(i);
    }
    await().atMost(PATIENCE).until(this::isWhole);
  }

  private static List<Integer> freePorts() throws IOException {
    List<Integer> free = new ArrayList<>();
    while (free.size() < COUNT) {
      int port = 23_000 + PORTS.getAndIncrement() % 1000;
      try (ServerSocket _ = new ServerSocket(port)) {
        free.add(port);
      } catch (IOException taken) {
        // The next one.
      }
    }
    return free;
  }

  /// Starts a member, for the first time or again.
  public void start(int index) throws IOException {
    String seeds =
        clusterPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    Config config =
        Config.of(
            null,
            List.of(
                setting("port", ports.get(index).toString()),
                setting("bind", "127.0.0.1"),
                setting("io-threads", "1"),
                setting("dir", directory.resolve("member-" + index).toString()),
                setting("cluster-enabled", "yes"),
                setting("cluster-port", clusterPorts.get(index).toString()),
                setting("cluster-seeds", seeds),
                setting("cluster-replication-factor", Integer.toString(COUNT / shards)),
                setting("cluster-secret", "s")));
    servers[index] = RunningServer.open(config, Clock.system());
  }

  private static Setting setting(String name, String value) {
    return new Setting(name, name, List.of(value));
  }

  /// Whether each shard has a leader, and all agree about who that is.
  private boolean isWhole() {
    List<List<String>> leaders =
        standings().stream().filter(Standing::open).map(ThreeServers::leaders).distinct().toList();
    return leaderNow() >= 0
        && standings().stream().allMatch(Standing::open)
        && leaders.size() == 1
        && leaders.getFirst().size() == shards;
  }

  /// The ids of those who lead, by shard.
  private static List<String> leaders(Standing standing) {
    List<String> ids = new ArrayList<>();
    for (ShardView shard : standing.view().shards()) {
      Member leader = shard.leader();
      if (leader != null) {
        ids.add(leader.id());
      }
    }
    return ids;
  }

  private List<Standing> standings() {
    List<Standing> all = new ArrayList<>();
    for (RunningServer server : servers) {
      Standing standing = server == null ? null : server.server().standing();
      if (standing != null) {
        all.add(standing);
      }
    }
    return all;
  }

  private int leaderNow() {
    for (int i = 0; i < COUNT; i++) {
      RunningServer server = servers[i];
      Standing standing = server == null ? null : server.server().standing();
      if (standing != null && standing.leads()) {
        return i;
      }
    }
    return -1;
  }

  /// Which member leads, of one shard, once those that run agree about that.
  public int leader() {
    await().atMost(PATIENCE).until(this::isWhole);
    return leaderNow();
  }

  public int port(int index) {
    return ports.get(index);
  }

  /// Ends a member in order.
  public void end(int index) {
    RunningServer server = servers[index];
    servers[index] = null;
    if (server != null) {
      server.close();
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < COUNT; i++) {
      end(i);
    }
  }
}
