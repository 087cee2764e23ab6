package io.karst.lsm;

import io.karst.base.Bytes;

/// Goes through keys that are due, without reading their values. Thread: its owner's; may block.
public interface DueCursor extends AutoCloseable {
  /// Goes to the next key, at first to the first; false at the end.
  boolean next();

  long expiryMillis();

  int database();

  /// The key; the caller's.
  Bytes key();

  @Override
  void close();
}
