package io.karst.history;

import java.util.List;

/// One transaction's way to append to a [Log].
///
/// Room is reserved before anything is changed, so that a full disk is an error while it still can
/// be one; [#append] then cannot fail. Thread: its transaction's.
public interface Appender extends AutoCloseable {
  /// Makes sure that effects of `size` bytes in all, keys and values and 96 bytes for each effect,
  /// can be appended by the next [#append] besides what was asked for since the last one. What is
  /// left over is kept for later.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly] if the disk has no room or has failed.
  void reserve(long size);

  /// Forgets what was asked for and not used: a new transaction begins, or this one changes
  /// nothing.
  default void reset() {
    // Nothing, where nothing is kept.
  }

  /// Appends the effects of one transaction as one frame, all or none; `effects` and their bytes
  /// are the caller's and valid only during the call. Under the locks of the slots the effects
  /// touch, so that the order of frames is the order of changes. Copies, and does no I/O.
  ///
  /// - returns: the LSN just past the frame.
  long append(List<Effect> effects);

  /// Gives back what is reserved.
  @Override
  void close();
}
