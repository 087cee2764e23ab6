package io.karst.server.session;

import io.karst.base.Clock;
import io.karst.engine.DiskStatus;
import io.karst.engine.Engine;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.SaveRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checkpoints in the background that somebody wants: a client (`BGSAVE`), or the rules of `save`.
///
/// The store takes others by itself, to keep the history short; for the rules they count as well.
/// Thread-safe; checkpoints are taken one after another by a thread of its own, `karst-save`.
public final class Saves implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Saves.class);

  private static final long LOOK_MILLIS = 100;

  /// After a checkpoint that failed, the rules wait for so long.
  private static final long RETRY_MILLIS = 5000;

  private final Engine engine;
  private final Clock clock;
  private final long startedMillis;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("karst-save").unstarted(this::run);
  private volatile SaveRules rules;
  private volatile boolean failed;

  /// Guarded by this: whether a checkpoint is wanted, and whether one is being taken.
  private boolean wanted;

  private boolean running;
  private boolean closed;
  private long retryMillis;

  Saves(Engine engine, Config config, Clock clock) {
    this.engine = engine;
    this.clock = clock;
    startedMillis = clock.wallMillis();
    rules = config.value(DiskDirectives.SAVE);
    config.follow(DiskDirectives.SAVE, value -> rules = value);
  }

  /// Follows the rules from now on; nothing to do without a disk tier.
  public void start() {
    if (engine.tiered()) {
      thread.start();
    }
  }

  /// Wants a checkpoint; false if one that somebody wanted is not done yet.
  public synchronized boolean begin() {
    if (wanted || running) {
      return false;
    }
    wanted = true;
    notifyAll();
    return true;
  }

  /// Whether a checkpoint that somebody wanted is not done yet.
  public synchronized boolean inProgress() {
    return wanted || running;
  }

  /// Whether the latest of them failed.
  public boolean failed() {
    return failed;
  }

  /// When the data was last known to be in the tier: the last checkpoint, or the start. In
  /// milliseconds since 1970.
  public long lastMillis() {
    long last = engine.lastCheckpointMillis();
    return last == 0 ? startedMillis : last;
  }

  /// Takes no more; waits for the one that is being taken.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (awaitReason()) {
        save();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until a checkpoint is wanted or due; false if there will be none.
  private synchronized boolean awaitReason() throws InterruptedException {
    while (!closed && !wanted && !isDue()) {
      wait(LOOK_MILLIS);
    }
    running = !closed;
    wanted = false;
    return running;
  }

  private boolean isDue() {
    long now = clock.wallMillis();
    SaveRules current = rules;
    if (current.rules().isEmpty() || now < retryMillis) {
      return false;
    }
    long elapsed = now - Math.max(engine.lastCheckpointMillis(), startedMillis);
    DiskStatus disk = engine.diskStatus();
    return current.due(disk.changes(), elapsed);
  }

  private void save() {
    boolean succeeded = false;
    try {
      engine.checkpoint();
      succeeded = true;
    } catch (RuntimeException failure) {
      LOG.error("A checkpoint in the background failed: {}", failure.getMessage());
    } finally {
      ended(succeeded);
    }
  }

  private synchronized void ended(boolean succeeded) {
    failed = !succeeded;
    retryMillis = succeeded ? 0 : clock.wallMillis() + RETRY_MILLIS;
    running = false;
  }
}
