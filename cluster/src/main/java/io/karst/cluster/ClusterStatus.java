package io.karst.cluster;

import java.util.List;

/// Figures of a member, a moment old.
///
/// - `term`, `committedIndex`, `appliedIndex`, `logIndex`: of Raft, as this member knows them.
/// - `logBytes`: what the log takes on disk.
/// - `tail`, `committed`: LSNs of this member's history.
/// - `pending`: transactions that wait for a majority; on the leader.
/// - `commitMicros`: how long a majority took lately, 99 of 100; on the leader.
/// - `elections`, `installs`: since the process began.
/// - `followers`: how far each other member is; on the leader, else empty.
public record ClusterStatus(
    long term,
    long committedIndex,
    long appliedIndex,
    long logIndex,
    long logBytes,
    long tail,
    long committed,
    long pending,
    long commitMicros,
    long elections,
    long installs,
    List<Follower> followers) {
  public ClusterStatus {
    followers = List.copyOf(followers);
  }

  /// - `matchIndex`: up to where it has the log.
  /// - `heardMillis`: since it last answered.
  public record Follower(String id, long matchIndex, long heardMillis) {}
}
