package io.karst.engine;

/// What others are to be told of a transaction once its changes are in the history.
///
/// It is announced under the locks of the transaction, so that two that change the same key are
/// told of in the order in which they happened. It must not block, and calls nothing back.
public interface Announcement {
  /// - `seenLsn`: up to where the history tells what the transaction has seen and done.
  /// - `heldLsn`: up to where it has to be on disk before anybody is told, whatever he expects.
  void announce(long seenLsn, long heldLsn);
}
