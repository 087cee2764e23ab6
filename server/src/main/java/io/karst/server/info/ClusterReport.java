package io.karst.server.info;

import io.karst.base.Limits;
import io.karst.cluster.BroadcastCounts;
import io.karst.cluster.ClusterStatus;
import io.karst.cluster.ClusterView;
import io.karst.cluster.Member;
import io.karst.cluster.ShardView;
import io.karst.cluster.SlotTable;
import io.karst.server.session.Membership;
import io.karst.server.session.Server;
import io.karst.server.session.Standing;
import java.util.Locale;
import java.util.function.Predicate;

/// What a member tells of its cluster, in Redis's words and some of its own.
public final class ClusterReport {
  /// The id of the shard of a member that has none yet.
  private static final String NO_SHARD = "0".repeat(40);

  /// Of how far a member has the log: nobody has told this one.
  public static final long UNKNOWN = -1;

  private ClusterReport() {}

  /// Whether a member leads its shard.
  public static boolean isLeader(ClusterView view, Member member) {
    return view.shards().stream().anyMatch(shard -> shard.isLeader(member));
  }

  /// Slots as people read them.
  public static String range(SlotTable.Range range) {
    return range.first() == range.last()
        ? Integer.toString(range.first())
        : range.first() + "-" + range.last();
  }

  /// How many entries there are up to one, as an offset of replication: clients take a replica
  /// with offset 0 for one that has nothing.
  public static long entries(long index) {
    return index + 1;
  }

  /// How far a member has the log of its shard, as a number of entries; [#UNKNOWN] if this one does
  /// not know: a leader knows of its followers, and others know of their leader.
  public static long offset(Server server, Member member) {
    Membership membership = server.membership();
    if (membership == null) {
      return UNKNOWN;
    }
    ClusterStatus status = membership.cluster().status();
    ClusterView view = membership.standing().view();
    if (member.id().equals(view.self().id())) {
      return entries(status.appliedIndex());
    }
    for (ClusterStatus.Follower follower : status.followers()) {
      if (follower.id().equals(member.id())) {
        return entries(follower.matchIndex());
      }
    }
    return view.shard().isLeader(member) ? entries(status.committedIndex()) : UNKNOWN;
  }

  /// Of this member's shard: forty hexadecimal digits, the same on all its members.
  public static String shardId(ClusterView view) {
    String id = view.shard().id();
    return id.isEmpty() ? NO_SHARD : id;
  }

  /// How many slots have an owner.
  public static int served(ClusterView view) {
    return slots(view, shard -> shard.leader() != null);
  }

  private static int slots(ClusterView view, Predicate<ShardView> chosen) {
    int count = 0;
    for (int number = 0; number < view.shards().size(); number++) {
      if (chosen.test(view.shards().get(number))) {
        for (SlotTable.Range range : view.slots().ranges(number)) {
          count += range.last() - range.first() + 1;
        }
      }
    }
    return count;
  }

  /// What `CLUSTER INFO` answers.
  public static String info(Membership membership) {
    Standing standing = membership.standing();
    ClusterView view = standing.view();
    int served = served(view);
    boolean ok = standing.open() && served == Limits.SLOTS;
    InfoText text = new InfoText();
    text.field("cluster_state", ok ? "ok" : "fail");
    int assigned = slots(view, shard -> shard.lastLeader() != null);
    text.field("cluster_slots_assigned", assigned);
    text.field("cluster_slots_ok", served);
    text.field("cluster_slots_pfail", 0);
    text.field("cluster_slots_fail", assigned - served);
    text.field("cluster_known_nodes", view.members().size());
    text.field(
        "cluster_size", view.shards().stream().filter(each -> each.leader() != null).count());
    text.field("cluster_current_epoch", latestTerm(view));
    text.field("cluster_my_epoch", view.term());
    BroadcastCounts messages = membership.cluster().broadcasts();
    text.field("cluster_stats_messages_sent", messages.sent());
    text.field("cluster_stats_messages_received", messages.heard());
    text.field("total_cluster_links_buffer_limit_exceeded", 0);
    own(text, membership);
    return text.toString();
  }

  private static long latestTerm(ClusterView view) {
    return view.shards().stream().mapToLong(ShardView::term).max().orElse(0);
  }

  /// What Redis does not have.
  static void own(InfoText text, Membership membership) {
    Standing standing = membership.standing();
    ClusterView view = standing.view();
    ClusterStatus status = membership.cluster().status();
    long staleMillis = membership.cluster().staleMillis();
    text.field("cluster_id", view.clusterId());
    text.field("cluster_shards", view.shards().size());
    text.field("cluster_shard", view.own());
    text.field("cluster_role", standing.state().name().toLowerCase(Locale.ROOT));
    text.field("cluster_voters", view.shard().members().stream().filter(Member::voting).count());
    text.field("cluster_term", status.term());
    text.field("cluster_committed_index", status.committedIndex());
    text.field("cluster_applied_index", status.appliedIndex());
    text.field("cluster_log_index", status.logIndex());
    text.field("cluster_log_bytes", status.logBytes());
    text.field("cluster_pending", status.pending());
    text.field("cluster_commit_usec_p99", status.commitMicros());
    text.field("cluster_elections", status.elections());
    text.field("cluster_installs", status.installs());
    text.field("cluster_messages_missed", membership.missedMessages());
    text.field("cluster_stale_ms", staleMillis == Long.MAX_VALUE ? -1 : staleMillis);
  }
}
