package io.karst.lsm;

import io.karst.base.Bytes;

/// Goes through the keys of a slot of a [Tier] as they were when it was opened, in the order of
/// their hashes. Thread: its owner's; may block.
public interface SlotCursor extends AutoCloseable {
  /// Goes to the next key, at first to the first; false at the end.
  boolean next();

  /// The hash of the key, unsigned.
  long hash();

  /// The key; the caller's.
  Bytes key();

  /// The code of the type of its value: a read of its own, for who needs it.
  int type();

  /// Milliseconds since 1970, or -1.
  long expiryMillis();

  @Override
  void close();
}
