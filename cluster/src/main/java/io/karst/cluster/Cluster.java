package io.karst.cluster;

import io.karst.engine.Engine;
import io.karst.history.LogSource;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/// One server's membership in a cluster.
///
/// ```java
/// Cluster cluster = RaftCluster.open(options);
/// Engine engine = Engine.open(engineOptions.withStorage(... cluster.history() ...));
/// cluster.start(engine, listener);
/// ```
///
/// Thread-safe.
public interface Cluster extends AutoCloseable {
  /// Opens the log of the engine that goes with this membership; once.
  LogSource history();

  /// Begins to take part: meets the others, and from then on the engine follows or leads. Returns
  /// at once. Once.
  ///
  /// - throws [IOException] if the cluster's port or directory cannot be had.
  void start(Engine engine, ClusterListener listener) throws IOException;

  /// Who is in the cluster and who leads, as this member knows it. Cheap: a field.
  ClusterView view();

  /// For how long, at most, what this member has may have been overtaken, in milliseconds; 0 while
  /// it leads, [Long#MAX_VALUE] if nobody knows.
  long staleMillis();

  /// Figures for people and monitoring, a moment old.
  ClusterStatus status();

  /// Gives a message to all other members, of whatever shard: at most once, and in the order in
  /// which one thread gives them. Returns at once; who cannot be reached, or does not keep up,
  /// misses it.
  ///
  /// - `message`: of up to 16 MiB, else everybody misses it; not changed any more.
  void broadcast(byte[] message);

  /// What has become of messages, of this member's and of others'.
  BroadcastCounts broadcasts();

  /// Lets another member lead.
  ///
  /// - returns: done when it does; failed with a [ClusterException] that says why it does not.
  CompletionStage<Void> moveLeader(String memberId);

  /// Changes who the members are: `voting` says whether a member counts for majorities. A member
  /// that is not there is not added: it joins by itself, when it is started.
  CompletionStage<Void> setVoting(String memberId, boolean voting);

  /// Makes a member leave for good; it may be gone already.
  CompletionStage<Void> remove(String memberId);

  /// Leads no longer, if others can, and takes no part any more. The engine is closed after it.
  @Override
  void close();
}
