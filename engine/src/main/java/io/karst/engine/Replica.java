package io.karst.engine;

import io.karst.history.Effect;
import io.karst.lsm.ReplaceableTier;
import io.karst.lsm.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// A store as one of several that hold the same: it follows a history that is made elsewhere, or
/// leads. One for each engine, which has a disk tier; it follows at first.
///
/// While it follows nothing changes by itself: what is due does not show and stays, nothing is
/// evicted but what the tier has, and a transaction that would change anything ends with a
/// [io.karst.base.Fault.ReadOnly] before it does, which is what [io.karst.history.Appender#reserve]
/// of its log answers then. Checkpoints are taken as ever.
///
/// The log of the engine:
/// - while the store follows, lets nobody reserve but the thread that applies, from [Cursor#at] on;
/// - moves its tail to the end of the frame that [Cursor#at] has shown then, at once or with the
///   append, and is durable up to there once [#apply] has returned, at the latest;
/// - lets nobody wait in [io.karst.history.Log#awaitDurable] for what was lost, before [#rewind].
///
/// Thread: its owner's, one call at a time, but for [#copyTier] and [#checkpointLsn], which any
/// thread may call; transactions go on meanwhile.
public final class Replica implements AutoCloseable {
  private final Engine engine;
  private final Tx tx;
  private final FrameReplay replay;

  /// One transaction of the history.
  ///
  /// - `lsn`: where it begins.
  /// - `endLsn`: just past it.
  /// - `effects`: valid, with their bytes, until it is applied.
  public record Frame(long lsn, long endLsn, List<Effect> effects) {}

  /// - throws [IllegalArgumentException] if the store keeps its data in memory only.
  public Replica(Engine engine) {
    if (!engine.tiered()) {
      throw new IllegalArgumentException("a store without a disk tier cannot follow another");
    }
    this.engine = engine;
    tx = engine.newTx();
    replay = new FrameReplay(engine, tx);
    replay.from(Baseline.of(engine.tier(), engine.databases()));
    follow(() -> {});
  }

  /// Whether it follows.
  public boolean follows() {
    return engine.following().on();
  }

  /// From now on it leads: under the locks of all slots `change` is run, and what was held back
  /// (expiry, eviction) goes on.
  public void lead(Runnable change) {
    locked(() -> {
      change.run();
      engine.following().on(false);
    });
  }

  /// From now on it follows: under the locks of all slots `change` is run.
  public void follow(Runnable change) {
    locked(() -> {
      engine.following().on(true);
      change.run();
    });
  }

  /// Applies frames in their order, each as a whole; what the tier knows already is passed by. The
  /// transaction of each hands its effects, if it has any, to the log, under its locks, after
  /// [Cursor#at] was told where it is in the history. Is held back as writers are, when memory or
  /// checkpoints do not keep up.
  ///
  /// - throws [io.karst.lsm.DamagedException] if the tier cannot be read: then a frame may have
  ///   been applied in part, and nothing is to be done with the store but [#rewind] or
  ///   [#replaceTier].
  public void apply(List<Frame> frames, Cursor cursor) {
    if (frames.isEmpty()) {
      return;
    }
    long bytes = 0;
    for (Frame frame : frames) {
      bytes += frame.endLsn() - frame.lsn();
    }
    engine.eviction().admit(tx, frames.size(), bytes);
    replay.apply(frames, cursor);
  }

  /// Is told, under the locks of a frame, which one is applied.
  @FunctionalInterface
  public interface Cursor {
    /// Of each frame once, before it has changed anything, on the thread that applies it; also of
    /// those that turn out to change nothing, which the log does not hear of.
    void at(Frame frame);
  }

  /// Forgets everything that the tier does not have; under the locks of all slots `change` is run.
  /// The history goes on at the LSN this returns, which [#checkpointLsn] says to `change`. It
  /// follows.
  ///
  /// Who watches keys finds them changed. Waits for a checkpoint that goes on.
  public long rewind(Runnable change) {
    return engine
        .checkpoints()
        .between(() -> restart(Baseline.of(engine.tier(), engine.databases()), change));
  }

  private long restart(Baseline baseline, Runnable change) {
    locked(() -> {
      engine.following().on(true);
      engine.following().forget();
      baseline.install(engine.keyspace(), engine.libraries()).forEach(engine::freeInBackground);
      engine.watches().changedAll();
      tx.records().events.changedAll();
      engine.checkpoints().restart(baseline);
      replay.from(baseline);
      change.run();
    });
    engine.restartWarmer();
    return baseline.checkpointLsn();
  }

  /// Takes a checkpoint, and copies the tier to a directory that does not exist, by hard links.
  /// Waits for the history to be durable that the checkpoint has.
  ///
  /// - returns: where the history goes on that belongs to the copy.
  /// - throws [io.karst.base.Fault.ReadOnly] if the disk does not take it, or the history is lost.
  public long copyTier(Path directory) {
    return engine.checkpoints().copyTier(directory);
  }

  /// As [#rewind], with another tier: what [#copyTier] has made elsewhere, whole and durable, in
  /// the file system of the store. The directory is moved; from then on a start begins with what
  /// was in it, even if the process ends before `change` is run. Who reads the former tier goes on
  /// with that, and its files are deleted when the last has ended.
  ///
  /// - throws [io.karst.lsm.DamagedException], [UncheckedIOException], or [IllegalStateException]
  ///   if the store has fewer databases, or was not opened as one whose history is elsewhere
  ///   ([DataDirectory]); nothing has changed then, and the directory is where it was.
  public long replaceTier(Path directory, Runnable change) {
    if (engine.tier() instanceof ReplaceableTier tier) {
      return engine.checkpoints().between(() -> replace(tier, directory, change));
    }
    throw new IllegalStateException("the disk tier of this store cannot be replaced");
  }

  private long replace(ReplaceableTier tier, Path directory, Runnable change) {
    try {
      Tier prepared = tier.prepare(directory);
      Baseline baseline;
      try {
        baseline = Baseline.of(prepared, engine.databases());
      } catch (RuntimeException failure) {
        tier.cancel(prepared, directory);
        throw failure;
      }
      return restart(
          baseline,
          () -> {
            tier.replaceBy(prepared);
            change.run();
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The LSN before which the tier has everything: what the latest checkpoint said.
  public long checkpointLsn() {
    return engine.checkpoints().lsn();
  }

  @Override
  public void close() {
    tx.close();
  }

  private void locked(Runnable change) {
    tx.begin(engine.clock().wallMillis(), 0);
    tx.lockAll();
    try {
      change.run();
    } finally {
      tx.end();
    }
  }
}
