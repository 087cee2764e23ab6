package io.karst.server;

import io.karst.base.Clock;
import io.karst.cluster.Cluster;
import io.karst.cluster.ClusterOptions;
import io.karst.cluster.RaftCluster;
import io.karst.commands.CommandTable;
import io.karst.engine.Engine;
import io.karst.engine.Eviction;
import io.karst.engine.MemoryPlan;
import io.karst.history.Log;
import io.karst.history.LogSource;
import io.karst.history.Wal;
import io.karst.server.config.AccessDirectives;
import io.karst.server.config.ClientDirectives;
import io.karst.server.config.Config;
import io.karst.server.config.ConfigException;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.ImportOption;
import io.karst.server.config.Machine;
import io.karst.server.config.MemoryDirectives;
import io.karst.server.http.HttpEndpoint;
import io.karst.server.net.Network;
import io.karst.server.session.Membership;
import io.karst.server.session.Server;
import io.karst.value.Encodings;
import io.karst.value.NodeLimit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server with all its parts, listening. They are opened from the engine up and closed from the
/// network down; what of the configuration can change while it runs is followed here or in the part
/// itself.
public final class RunningServer implements AutoCloseable {
  /// How long commands off the event loops may go on once the end has begun.
  private static final long STOP_MILLIS = 2000;

  /// How long the end waits for a majority to have what it has not yet.
  private static final long QUORUM_MILLIS = 2000;

  private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

  private final Server server;
  private final Network network;
  private final @Nullable HttpEndpoint http;

  private RunningServer(Server server, Network network, @Nullable HttpEndpoint http) {
    this.server = server;
    this.network = network;
    this.http = http;
  }

  /// - throws [IOException] if it cannot listen or have its directory, [DamagedException] or
  ///   [io.karst.history.DamagedLogException] if that is damaged; nothing is left behind.
  /// - throws [IllegalStateException] if this machine does not have the transport, or the directory
  ///   does not fit the configuration.
  public static RunningServer open(Config config, Clock clock) throws IOException {
    return open(config, clock, null);
  }

  /// As [#open(Config, Clock)].
  ///
  /// - `imported`: what is put into the store first; null if nothing is.
  static RunningServer open(Config config, Clock clock, @Nullable ImportOption imported)
      throws IOException {
    Descriptors.follow(config);
    OomScore.follow(config);
    HttpEndpoint http = HttpEndpoint.open(config);
    try {
      return open(config, clock, imported, http);
    } catch (IOException | RuntimeException failure) {
      if (http != null) {
        http.close();
      }
      throw failure;
    }
  }

  private static RunningServer open(
      Config config, Clock clock, @Nullable ImportOption imported, @Nullable HttpEndpoint http)
      throws IOException {
    ClusterOptions member = ClusterSetup.of(config, clock);
    if (member != null && imported != null) {
      throw new ConfigException(
          "'--import' is for a single server; ./karst import takes a file to the leader");
    }
    Preparation<Network> preparation = new Preparation<>(() -> Network.prepare(config));
    Cluster cluster = member == null ? null : RaftCluster.open(member);
    LogSource history = cluster == null ? null : cluster.history();
    Engine engine = Engine.open(StoreOptions.of(config, clock, history));
    try {
      Server server = new Server(config, engine, commands(config), clock, cluster);
      follow(config, server);
      if (imported != null) {
        StartupImport.run(imported, engine);
      }
      Network network = preparation.await();
      network.listen(server);
      server.rates().start();
      server.saves().start();
      if (http != null) {
        http.serves(server);
      }
      Membership membership = server.membership();
      if (membership != null) {
        membership.cluster().start(engine, membership);
      }
      LOG.info("Ready on port {}, {}", server.port(), server.endpoints().transport());
      return new RunningServer(server, network, http);
    } catch (IOException | RuntimeException failure) {
      if (cluster != null) {
        cluster.close();
      }
      engine.close();
      throw failure;
    }
  }

  private static CommandTable commands(Config config) {
    try {
      return CommandTable.load(config.value(AccessDirectives.RENAME_COMMAND));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalStateException("rename-command: " + wrong.getMessage(), wrong);
    }
  }

  private static void follow(Config config, Server server) {
    Engine engine = server.engine();
    MemoryPlan plan = StoreOptions.memory(config);
    config.follow(
        MemoryDirectives.MAXMEMORY,
        limit -> server.memory().plan(plan.resized(limit.effectiveBytes(Machine.current()))));
    Eviction eviction = engine.eviction();
    config.follow(MemoryDirectives.MAXMEMORY_POLICY, eviction::policy);
    config.follow(MemoryDirectives.MAXMEMORY_SAMPLES, eviction::samples);
    config.follow(MemoryDirectives.LFU_LOG_FACTOR, eviction::logFactor);
    config.follow(MemoryDirectives.LFU_DECAY_TIME, eviction::decayMinutes);
    config.follow(
        ClientDirectives.PROTO_MAX_BULK_LEN, bytes -> engine.stringLimit(Math.toIntExact(bytes)));
    config.follow(MemoryDirectives.HLL_SPARSE_MAX_BYTES, engine.encodings()::sparseCounterMax);
    config.follow(MemoryDirectives.ACTIVE_EXPIRE, engine::activeExpiry);
    follow(config, engine.encodings());
    if (engine.log() instanceof Wal history) {
      config.follow(DiskDirectives.APPENDFSYNC, history::policy);
    }
  }

  private static void follow(Config config, Encodings encodings) {
    config.follow(MemoryDirectives.HASH_MAX_LISTPACK_ENTRIES, encodings::hashEntriesMax);
    config.follow(MemoryDirectives.HASH_MAX_LISTPACK_VALUE, encodings::hashValueMax);
    config.follow(
        MemoryDirectives.LIST_MAX_LISTPACK_SIZE,
        setting -> encodings.listNodeLimit(NodeLimit.of(setting)));
    config.follow(MemoryDirectives.SET_MAX_INTSET_ENTRIES, encodings::setNumbersMax);
    config.follow(MemoryDirectives.SET_MAX_LISTPACK_ENTRIES, encodings::setEntriesMax);
    config.follow(MemoryDirectives.SET_MAX_LISTPACK_VALUE, encodings::setValueMax);
    config.follow(MemoryDirectives.ZSET_MAX_LISTPACK_ENTRIES, encodings::sortedSetEntriesMax);
    config.follow(MemoryDirectives.ZSET_MAX_LISTPACK_VALUE, encodings::sortedSetValueMax);
    config.follow(MemoryDirectives.STREAM_NODE_MAX_BYTES, encodings::streamNodeSizeMax);
    config.follow(MemoryDirectives.STREAM_NODE_MAX_ENTRIES, encodings::streamNodeEntriesMax);
  }

  public Server server() {
    return server;
  }

  /// Listens no longer, gives the commands that run off the event loops a moment to end, makes
  /// everything durable, so that who waits for that is answered, closes every connection, and gives
  /// the memory back. If a command runs on, the memory stays, as it must not be freed under it.
  ///
  /// - returns: whether all commands have ended.
  /// - throws [Fault.ReadOnly] if the disk does not take what there is; all else is done then, too.
  public boolean end() {
    network.stopListening();
    server.end();
    boolean ended = awaitTasks();
    Engine engine = server.engine();
    try {
      makeDurable(engine.log());
    } finally {
      leaveCluster();
      network.close();
      if (http != null) {
        http.close();
      }
      server.tasks().close();
      server.saves().close();
      server.rates().close();
      if (ended) {
        server.scripting().close();
      }
      if (ended && server.savesAtEnd()) {
        engine.close();
      } else if (ended) {
        engine.closeUnsaved();
      }
    }
    return ended;
  }

  private void makeDurable(Log log) {
    Membership membership = server.membership();
    if (membership == null) {
      log.awaitDurable(log.tail());
      return;
    }
    membership.retire();
    try {
      long tail = log.tail();
      server.signal().await(() -> log.durable() >= tail || log.lost(), QUORUM_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Hands over what it leads, while clients are still told where to go.
  private void leaveCluster() {
    Membership membership = server.membership();
    if (membership != null) {
      membership.cluster().close();
    }
  }

  @Override
  public void close() {
    var _ = end();
  }

  private boolean awaitTasks() {
    try {
      return server.tasks().awaitNone(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
