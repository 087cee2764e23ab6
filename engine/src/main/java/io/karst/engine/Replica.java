package io.karst.engine;

import io.karst.history.Effect;
import java.nio.file.Path;
import java.util.List;

/// A store as one of several that hold the same: it follows a history that is made elsewhere, or
/// leads. One for each engine; it follows at first.
///
/// While it follows nothing changes by itself: what is due does not show and stays, nothing is
/// evicted but what the tier has, and a transaction that would change anything ends with a
/// [io.karst.base.Fault.ReadOnly] before it does.
///
/// Thread: its owner's, one call at a time; transactions go on meanwhile.
public final class Replica implements AutoCloseable {
  /// One transaction of the history.
  ///
  /// - `lsn`: where it begins.
  /// - `endLsn`: just past it.
  public record Frame(long lsn, long endLsn, List<Effect> effects) {}

  public Replica(Engine engine) {
    throw new UnsupportedOperationException();
  }

  /// Whether it follows.
  public boolean follows() {
    throw new UnsupportedOperationException();
  }

  /// From now on it leads: under the locks of all slots `change` is run, and what was held back
  /// (expiry, eviction) goes on.
  public void lead(Runnable change) {
    throw new UnsupportedOperationException();
  }

  /// From now on it follows: under the locks of all slots `change` is run.
  public void follow(Runnable change) {
    throw new UnsupportedOperationException();
  }

  /// Applies frames in their order, each as a whole; what the tier knows already is passed by. The
  /// transaction of each hands its effects to the log, under its locks, after [Cursor#at] was told
  /// where it is in the history.
  public void apply(List<Frame> frames, Cursor cursor) {
    throw new UnsupportedOperationException();
  }

  /// Is told, under the locks of a frame, which one is applied.
  @FunctionalInterface
  public interface Cursor {
    void at(Frame frame);
  }

  /// Forgets everything that the tier does not have; under the locks of all slots `change` is run.
  /// The history goes on at the LSN this returns. It follows.
  public long rewind(Runnable change) {
    throw new UnsupportedOperationException();
  }

  /// Takes a checkpoint, and copies the tier to a directory that does not exist, by hard links.
  ///
  /// - returns: where the history goes on that belongs to the copy.
  public long copyTier(Path directory) {
    throw new UnsupportedOperationException();
  }

  /// As [#rewind], with another tier: what [#copyTier] has made elsewhere. The directory is moved.
  public long replaceTier(Path directory, Runnable change) {
    throw new UnsupportedOperationException();
  }

  /// The LSN before which the tier has everything: what the latest checkpoint said.
  public long checkpointLsn() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
