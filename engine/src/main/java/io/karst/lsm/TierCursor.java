package io.karst.lsm;

import io.karst.base.Bytes;

/// Goes through keys of a [Tier] as they were when it was opened. Thread: its owner's; may block.
public interface TierCursor extends AutoCloseable {
  /// Goes to the next key, at first to the first; false at the end.
  boolean next();

  /// The key; the caller's.
  Bytes key();

  /// Its state; the caller's.
  Stored stored();

  @Override
  void close();
}
