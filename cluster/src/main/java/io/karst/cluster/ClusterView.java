package io.karst.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is in a cluster and who leads, as one member knows it. Immutable.
///
/// - `clusterId`: the same for all members, for ever; empty while the cluster is forming.
/// - `self`: this member.
/// - `members`: all, this one included, ordered by id.
/// - `leader`: who leads; null if nobody does, or nobody is known to.
/// - `role`: what this member does.
/// - `term`: of the leader; grows with each election.
/// - `epoch`: grows with every change of members or leader.
public record ClusterView(
    String clusterId,
    Member self,
    List<Member> members,
    @Nullable Member leader,
    Role role,
    long term,
    long epoch) {
  public ClusterView {
    members = List.copyOf(members);
  }

  /// Whether this member leads: it may execute anything.
  public boolean leads() {
    return role == Role.LEADING;
  }

  /// Who executes commands on keys of a slot; null if nobody does just now.
  public @Nullable Member owner(int slot) {
    return leader;
  }

  /// The member of an id; null if there is none.
  public @Nullable Member member(String id) {
    return members.stream().filter(member -> member.id().equals(id)).findFirst().orElse(null);
  }
}
