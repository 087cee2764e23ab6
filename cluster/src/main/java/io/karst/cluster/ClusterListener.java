package io.karst.cluster;

/// Is told what becomes of a member. Called on a thread of the cluster's own, one call at a time;
/// what has to wait may.
public interface ClusterListener {
  /// The member leads from now on: everything that was ever acknowledged is in its engine.
  void leads();

  /// The member leads no longer. Its log is [io.karst.history.Log#lost]: what waits for that will
  /// never be known to be safe. When this returns no reply waits any more, none that was held back
  /// has been sent, no transaction is under way, and none begins before the next [#follows].
  void deposed();

  /// The engine is as the others' again, and follows: reads that may be stale are allowed.
  void follows();

  /// The engine of a follower was given all data anew: any key may be another than it was.
  default void replaced() {}

  /// Another member has broadcast a message. A thread of the network's, at the same time as others;
  /// messages of one member come one after the other. Must not wait long.
  default void heard(byte[] message) {}

  /// [Cluster#view] has changed.
  void changed(ClusterView view);

  /// The member cannot go on: its disk has failed, say. The process has to end.
  void failed(Throwable cause);
}
