package io.karst.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is in a cluster, who leads and who has which slots, as one member knows it. Immutable.
///
/// A server is a member of one shard. Decision:
/// docs/adr/0033-a-server-is-a-member-of-one-shard.md.
///
/// - `clusterId`: the same for all members, for ever; empty while the cluster is forming.
/// - `self`: this member.
/// - `shards`: all, in the order of their numbers; one at least.
/// - `own`: the number of the shard this member belongs to.
/// - `slots`: which shard has which.
/// - `role`: what this member does in its shard.
/// - `epoch`: grows with every change of members, leaders or slots that this member learns of.
public record ClusterView(
    String clusterId,
    Member self,
    List<ShardView> shards,
    int own,
    SlotTable slots,
    Role role,
    long epoch) {
  public ClusterView {
    shards = List.copyOf(shards);
  }

  /// Whether this member leads its shard: it may execute anything that belongs there.
  public boolean leads() {
    return role == Role.LEADING;
  }

  /// The shard of this member.
  public ShardView shard() {
    return shards.get(own);
  }

  /// The shard that has a slot.
  public ShardView shard(int slot) {
    return shards.get(slots.shard(slot));
  }

  /// Whether the shard of this member has a slot.
  public boolean has(int slot) {
    return slots.shard(slot) == own;
  }

  /// Who executes commands on keys of a slot; null if nobody does just now.
  public @Nullable Member owner(int slot) {
    return shard(slot).leader();
  }

  /// Who leads the shard of this member; null if nobody does, or nobody is known to.
  public @Nullable Member leader() {
    return shard().leader();
  }

  /// The term of the leader of this member's shard.
  public long term() {
    return shard().term();
  }

  /// The members of all shards, by shard, and by id.
  public List<Member> members() {
    return shards.stream().flatMap(shard -> shard.members().stream()).toList();
  }

  /// The member of an id; null if there is none.
  public @Nullable Member member(String id) {
    return members().stream().filter(member -> member.id().equals(id)).findFirst().orElse(null);
  }
}
