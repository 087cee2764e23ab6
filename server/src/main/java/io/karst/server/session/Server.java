package io.karst.server.session;

import io.karst.base.Clock;
import io.karst.cluster.Cluster;
import io.karst.commands.CommandTable;
import io.karst.engine.Engine;
import io.karst.history.SyncPolicy;
import io.karst.server.changes.ChangeFeed;
import io.karst.server.config.ClientDirectives;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.ScriptDirectives;
import io.karst.server.insight.Insight;
import io.karst.server.messages.Exchange;
import io.karst.server.messages.KeyObserver;
import io.karst.server.messages.Monitors;
import io.karst.server.messages.Relay;
import io.karst.server.messages.Subscriber;
import io.karst.server.messages.Tracking;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a [SessionBody] may reach beyond its session: the process as a whole.
///
/// Made once, by `Main`, before the first connection; thread-safe.
public final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /// The exit code of a process that a bug or a lack of heap ended.
  private static final int FATAL_EXIT = 70;

  private final Config config;
  private final Engine engine;
  private final CommandTable commands;
  private final Clock clock;
  private final Sessions sessions;
  private final Insight insight;
  private final Stats stats;
  private final Tasks tasks = new Tasks();
  private final Saves saves;
  private final Backups backups;
  private final ChangeFeed changes;
  private final Pause pause;
  private final MemoryBudget memory;
  private final ClientEviction clientEviction;
  private final Rates rates;
  private final Scripting scripting;
  private final Signal signal = new Signal();
  private final Exchange exchange = new Exchange();
  private final Monitors monitors = new Monitors();
  private final Tracking tracking;
  private final ClientLimits limits;
  private final Routes routes;
  private final Access access;
  private final long startedMillis;
  private final @Nullable Membership membership;
  private volatile Durability durability = Durability.NONE;
  private volatile boolean ending;
  private volatile Endpoints endpoints = Endpoints.NONE;
  private volatile Runnable shutdown = () -> {};
  private volatile boolean savesAtEnd = true;
  private volatile Consumer<Throwable> fatal = failure -> Runtime.getRuntime().halt(FATAL_EXIT);

  /// A server by itself.
  public Server(Config config, Engine engine, CommandTable commands, Clock clock) {
    this(config, engine, commands, clock, null);
  }

  /// - `cluster`: the one it is a member of, which is to be started with [#membership]; null if it
  ///   is by itself.
  public Server(
      Config config, Engine engine, CommandTable commands, Clock clock, @Nullable Cluster cluster) {
    this.config = config;
    this.engine = engine;
    this.commands = commands;
    this.clock = clock;
    startedMillis = clock.wallMillis();
    membership = cluster == null ? null : new Membership(this, cluster);
    sessions = new Sessions(this);
    insight = new Insight(config, clock);
    stats = new Stats(commands, insight);
    engine.work().listen(new WorkLog(insight, clock, this::durability));
    memory = new MemoryBudget(engine, sessions);
    clientEviction = new ClientEviction(sessions, config);
    rates = new Rates(stats, engine.memory(), memory, clientEviction, clock);
    scripting = new Scripting(engine.libraries(), clock);
    saves = new Saves(engine, config, clock);
    backups = new Backups(engine, config, clock);
    changes = new ChangeFeed(engine, config);
    pause = new Pause(clock);
    limits = new ClientLimits(config);
    routes = new Routes(commands);
    access = new Access(this, config, commands);
    config.follow(ScriptDirectives.BUSY_REPLY_THRESHOLD, scripting::limit);
    tracking = new Tracking(engine.observers(), this::subscriber);
    config.follow(ClientDirectives.TRACKING_TABLE_MAX_KEYS, tracking::keysMax);
    KeyObserver observer = new KeyObserver(exchange, tracking);
    engine.observers().observer(observer);
    config.follow(
        ClientDirectives.NOTIFY_KEYSPACE_EVENTS,
        events -> {
          observer.follow(events);
          engine.observers().classes(events.bits());
        });
    if (engine.log().keeps()) {
      if (membership == null) {
        config.follow(DiskDirectives.APPENDFSYNC, policy -> durability = level(policy));
      } else {
        durability = Durability.QUORUM;
      }
      engine.log().listen(signal::signal);
    }
  }

  private static Durability level(SyncPolicy policy) {
    return switch (policy) {
      case ALWAYS -> Durability.FSYNC;
      case EVERYSEC, NO -> Durability.LOCAL;
    };
  }

  public Config config() {
    return config;
  }

  public Engine engine() {
    return engine;
  }

  public CommandTable commands() {
    return commands;
  }

  public Clock clock() {
    return clock;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Stats stats() {
    return stats;
  }

  /// What is noticed of slow commands and the like.
  public Insight insight() {
    return insight;
  }

  /// How `maxmemory` is divided.
  public MemoryBudget memory() {
    return memory;
  }

  public ClientEviction clientEviction() {
    return clientEviction;
  }

  public Rates rates() {
    return rates;
  }

  /// Scripts and functions.
  public Scripting scripting() {
    return scripting;
  }

  /// The checkpoints that somebody wants.
  public Saves saves() {
    return saves;
  }

  /// The backup that a client has begun.
  public Backups backups() {
    return backups;
  }

  /// What has happened to the keys, for whoever follows it.
  public ChangeFeed changes() {
    return changes;
  }

  /// The commands that run off the event loops.
  public Tasks tasks() {
    return tasks;
  }

  public Pause pause() {
    return pause;
  }

  /// Who is shown every command.
  public Monitors monitors() {
    return monitors;
  }

  /// Where messages are published.
  public Exchange exchange() {
    return exchange;
  }

  /// Who is told when keys change that it has read.
  public Tracking tracking() {
    return tracking;
  }

  private @Nullable Subscriber subscriber(long id) {
    Session session = sessions.byId(id);
    return session == null ? null : session.link().subscriber();
  }

  /// What commands off the event loops wait with: it is given when the log has advanced or failed,
  /// when a client has gone, and when the server ends.
  public Signal signal() {
    return signal;
  }

  /// Its place in its cluster; null if it is by itself.
  public @Nullable Membership membership() {
    return membership;
  }

  /// The way of messages to the other members of its cluster; null if it is by itself.
  public @Nullable Relay relay() {
    return membership == null ? null : membership.relay();
  }

  /// What it may do in its cluster just now; null if it is by itself.
  public @Nullable Standing standing() {
    return membership == null ? null : membership.standing();
  }

  /// Whether scripts are ended though nobody has killed them.
  boolean stopsScripts() {
    Standing standing = standing();
    return ending || (standing != null && !standing.open());
  }

  /// How safe what a connection is told has to be if it did not ask for anything itself; follows
  /// `appendfsync`, but for a member of a cluster.
  public Durability durability() {
    return durability;
  }

  /// When the process was made, in milliseconds since 1970.
  public long startedMillis() {
    return startedMillis;
  }

  /// Whether a connection has to authenticate itself before anything else.
  public boolean needsPassword() {
    return access.needsPassword();
  }

  /// Who may do what.
  public Access access() {
    return access;
  }

  /// What a client may take of the server, as the configuration says now.
  public ClientLimits limits() {
    return limits;
  }

  Routes routes() {
    return routes;
  }

  /// The TCP port that is listened on, or the one for TLS if there is no other; 0 before that, and
  /// if there is a path only.
  public int port() {
    return endpoints.port();
  }

  /// Where it listens now.
  public Endpoints endpoints() {
    return endpoints;
  }

  /// Notes where the server listens, once it does.
  public void listening(Endpoints where) {
    endpoints = where;
  }

  /// Sets what [#shutdown] does: `Main` knows in which order things are closed.
  public void onShutdown(Runnable action) {
    shutdown = action;
  }

  /// Begins an orderly end of the process and returns at once. Any thread.
  ///
  /// - `save`: whether a checkpoint is taken at the end.
  public void shutdown(boolean save) {
    savesAtEnd = save;
    shutdown.run();
  }

  /// Whether a checkpoint is to be taken at the end: as long as nobody has said otherwise.
  public boolean savesAtEnd() {
    return savesAtEnd;
  }

  /// Ends what commands off the event loops wait for, or hold back, as nothing of it will come.
  public void end() {
    ending = true;
    pause.end();
    scripting.running().end();
    signal.signal();
  }

  /// Whether the end has begun: what has waited is given up.
  public boolean isEnding() {
    return ending;
  }

  /// Sets what ends the process at once when its state can no longer be trusted; by default it is
  /// halted.
  public void onFatal(Consumer<Throwable> action) {
    fatal = action;
  }

  /// Ends the process before a bug, corruption or a lack of heap can spread. Any thread.
  public void fatal(Throwable failure) {
    LOG.error("The process cannot go on", failure);
    fatal.accept(failure);
  }
}
