package io.karst.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A shard and its members, as one member of the cluster knows them. Immutable.
///
/// - `id`: forty hexadecimal digits, for ever; empty while the cluster is forming.
/// - `members`: ordered by id.
/// - `leader`: who leads it; null if nobody does, or nobody is known to.
/// - `term`: of the leader; grows with each election.
public record ShardView(String id, List<Member> members, @Nullable Member leader, long term) {
  public ShardView {
    members = List.copyOf(members);
  }

  /// Whether a member is the one that leads.
  public boolean isLeader(Member member) {
    return leader != null && leader.id().equals(member.id());
  }
}
