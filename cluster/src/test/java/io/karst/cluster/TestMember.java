package io.karst.cluster;

import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.engine.DataDirectory;
import io.karst.engine.DirectoryOptions;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A member of a cluster in this process: an engine, and what a server does for it, as far as the
/// cluster is concerned. Who writes, or reads what has to be right, keeps it from being deposed
/// until he knows.
final class TestMember implements ClusterListener, AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final Path directory;
  final ClusterOptions options;
  final List<String> events = new CopyOnWriteArrayList<>();

  /// What others have broadcast.
  final List<String> heard = new CopyOnWriteArrayList<>();

  private final RatisSettings settings;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private boolean leads;
  volatile @Nullable Throwable failure;
  RaftCluster cluster;
  Engine engine;
  private volatile boolean open;

  TestMember(ClusterOptions options, RatisSettings settings) {
    this.options = options;
    this.settings = settings;
    this.directory = options.directory().getParent();
  }

  TestMember start() throws IOException {
    failure = null;
    cluster = RaftCluster.open(options, settings);
    engine =
        Engine.open(
            EngineOptions.defaults(1)
                .withClock(options.clock())
                .withStorage(
                    DataDirectory.open(
                        DirectoryOptions.defaults(directory, 1), cluster.history())));
    open = true;
    cluster.start(engine, this);
    return this;
  }

  String id() {
    return cluster.view().self().id();
  }

  boolean isLeading() {
    gate.readLock().lock();
    try {
      return leads;
    } finally {
      gate.readLock().unlock();
    }
  }

  /// Writes; returns when a majority has it.
  ///
  /// - returns: false if this member does not lead.
  /// - throws [Fault.ReadOnly] if it leads no longer: it may have happened, or not.
  boolean write(String key, String value) {
    return change(key, (tx, at) -> tx.putString(at, Bytes.utf8(value), Record.NO_EXPIRY));
  }

  /// As [#write], again if nobody knows whether it happened: who writes the same twice may.
  boolean wrote(String key, String value) {
    try {
      return write(key, value);
    } catch (Fault.ReadOnly unknown) {
      return false;
    }
  }

  /// As [#write]; `begun` is run if this member leads, before it.
  boolean attempt(String key, String value, Runnable begun) {
    return change(
        key,
        (tx, at) -> {
          begun.run();
          tx.putString(at, Bytes.utf8(value), Record.NO_EXPIRY);
        });
  }

  /// What a transaction changes.
  interface Change {
    void make(Tx tx, Key key);
  }

  boolean change(String name, Change change) {
    gate.readLock().lock();
    try {
      if (!leads || !open) {
        return false;
      }
      engine.log().awaitDurable(changeAlone(name, change));
      return true;
    } finally {
      gate.readLock().unlock();
    }
  }

  /// Changes a key if this member leads, and waits for nobody; returns the LSN past it.
  long changeAlone(String name, Change change) {
    Key key = Key.of(name);
    Tx tx = engine.borrow();
    try {
      tx.begin(engine.clock().wallMillis(), 0);
      tx.lock(new Key[] {key}, 1);
      try {
        change.make(tx, key);
      } finally {
        tx.end();
      }
      return tx.writtenLsn();
    } finally {
      engine.giveBack(tx);
    }
  }

  /// Reads what this member has, however old.
  @Nullable String read(String name) {
    Key key = Key.of(name);
    Tx tx = engine.borrow();
    try {
      tx.begin(engine.clock().wallMillis(), 0);
      tx.lock(new Key[] {key}, 1);
      try {
        Bytes value = tx.string(key);
        return value == null ? null : value.utf8();
      } finally {
        tx.end();
      }
    } finally {
      engine.giveBack(tx);
    }
  }

  /// Whether a confirmation that is asked for now comes; waits for it.
  void awaitConfirmed() {
    long number = engine.log().confirmation();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          engine.log().requestConfirmation(number);
          return engine.log().confirmed() >= number;
        });
  }

  // ---- what a server does ----

  @Override
  public void leads() {
    gate.writeLock().lock();
    try {
      leads = true;
    } finally {
      gate.writeLock().unlock();
    }
    events.add("leads");
  }

  /// Waits for all who write: they wait for a log that is lost.
  @Override
  public void deposed() {
    gate.writeLock().lock();
    try {
      leads = false;
    } finally {
      gate.writeLock().unlock();
    }
    events.add("deposed");
  }

  @Override
  public void follows() {
    events.add("follows");
  }

  @Override
  public void replaced() {
    events.add("replaced");
  }

  @Override
  public void heard(byte[] message) {
    heard.add(new String(message, StandardCharsets.UTF_8));
  }

  @Override
  public void changed(ClusterView view) {
    // Asked for when it is needed.
  }

  @Override
  public void failed(Throwable cause) {
    failure = cause;
    events.add("failed");
  }

  /// Ends as a server does.
  @Override
  public void close() {
    if (open) {
      cluster.close();
      closed();
      engine.close();
    }
  }

  /// Nobody uses the engine any more when this returns.
  private void closed() {
    gate.writeLock().lock();
    try {
      open = false;
      leads = false;
    } finally {
      gate.writeLock().unlock();
    }
  }

  /// Ends without a last checkpoint, and without a successor.
  void abandon() {
    if (open) {
      cluster.abandon();
      closed();
      engine.closeUnsaved();
    }
  }
}
