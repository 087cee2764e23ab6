package io.karst.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A shard and its members, as one member of the cluster knows them. Immutable.
///
/// - `id`: forty hexadecimal digits, for ever; empty while the cluster is forming.
/// - `members`: ordered by id.
/// - `leader`: who leads it; null if nobody does, or nobody is known to.
/// - `lastLeader`: who leads it, or, if nobody does, who led last; null if this member has never
///   heard of one, or it is no member any more.
/// - `term`: of the leader; grows with each election.
public record ShardView(
    String id,
    List<Member> members,
    @Nullable Member leader,
    @Nullable Member lastLeader,
    long term) {
  public ShardView {
    members = List.copyOf(members);
  }

  /// A shard of whose earlier leaders nothing is known.
  public ShardView(String id, List<Member> members, @Nullable Member leader, long term) {
    this(id, members, leader, leader, term);
  }

  /// The same, by whoever has had another view of it before.
  public ShardView after(@Nullable ShardView before) {
    Member last = before == null ? null : before.lastLeader;
    return leader != null || last == null
        ? this
        : new ShardView(id, members, null, find(last.id()), term);
  }

  private @Nullable Member find(String memberId) {
    return members.stream().filter(each -> each.id().equals(memberId)).findFirst().orElse(null);
  }

  /// Whether a member is the one that leads.
  public boolean isLeader(Member member) {
    return leader != null && leader.id().equals(member.id());
  }

  /// Whether a member leads, or led last.
  public boolean isLastLeader(Member member) {
    return lastLeader != null && lastLeader.id().equals(member.id());
  }
}
