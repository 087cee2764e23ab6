package io.karst.engine;

import io.karst.base.Bytes;

/// Who is told what happens to keys, after it has gone to the history and before the locks are
/// free: what concerns one key in the order in which it happened. Must not block.
public interface Observer {
  /// Something has happened to a key.
  ///
  /// - `key`: may be kept.
  /// - `seenLsn`, `heldLsn`: as [Announcement] has them.
  void happened(int database, Bytes key, KeyEvent event, long seenLsn, long heldLsn);

  /// Whether anybody is to be told that a key has changed. Under the lock of its slot.
  boolean concerns(Bytes key);

  /// A key has changed, come or gone.
  ///
  /// - `client`: whose command that was; 0 if it was nobody's.
  void changed(Bytes key, long client, long seenLsn, long heldLsn);

  /// All keys of some database have gone, or become others.
  void changedAll(long seenLsn, long heldLsn);
}
