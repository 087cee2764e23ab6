package io.karst.cluster;

import io.karst.base.Clock;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a member takes part.
///
/// - `directory`: of its own, for its identity and the log.
/// - `host`, `port`: where clients reach it, as the others are to tell them.
/// - `clusterHost`, `clusterPort`: where the other members reach it.
/// - `listenPort`: where it listens for them; another than `clusterPort` if something in between, a
///   NAT say, maps one to the other.
/// - `seeds`: the members that form the cluster, `host:port` of their cluster ports, this one among
///   them; of a member that joins later, any that are there.
/// - `votersMax`: how many members count for majorities (`cluster-replication-factor`); who joins
///   beyond that only follows until it is made to vote.
/// - `secret`: what members of this cluster know; others are refused. Empty if there is none.
/// - `tls`: of the traffic between members; null for none.
public record ClusterOptions(
    Path directory,
    String host,
    int port,
    String clusterHost,
    int clusterPort,
    int listenPort,
    List<String> seeds,
    int votersMax,
    String secret,
    @Nullable Tls tls,
    Clock clock) {
  public ClusterOptions {
    seeds = List.copyOf(seeds);
  }

  /// Files in PEM: the member's certificate and key, and whom it trusts. Both sides are asked for
  /// theirs.
  public record Tls(Path certificate, Path key, Path trusted) {}
}
