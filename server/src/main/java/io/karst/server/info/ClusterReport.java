package io.karst.server.info;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.cluster.ClusterStatus;
import io.karst.cluster.ClusterView;
import io.karst.cluster.Member;
import io.karst.server.scripts.ScriptCache;
import io.karst.server.session.Membership;
import io.karst.server.session.Server;
import io.karst.server.session.Standing;
import java.util.Locale;

/// What a member tells of its cluster, in Redis's words and some of its own.
public final class ClusterReport {
  private ClusterReport() {}

  public static boolean isLeader(ClusterView view, Member member) {
    return view.leader() != null && view.leader().id().equals(member.id());
  }

  /// How many entries there are up to one, as an offset of replication: clients take a replica
  /// with offset 0 for one that has nothing.
  public static long entries(long index) {
    return index + 1;
  }

  /// How far a member has the log, as a number of entries, as far as this one knows.
  public static long offset(Server server, Member member) {
    Membership membership = server.membership();
    if (membership == null) {
      return 0;
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
    return isLeader(view, member) ? entries(status.committedIndex()) : 0;
  }

  /// Of the shard that has all slots: forty hexadecimal digits, the same on all members.
  public static String shardId(ClusterView view) {
    return ScriptCache.digest(Bytes.utf8("shard of " + view.clusterId()));
  }

  /// What `CLUSTER INFO` answers.
  public static String info(Membership membership) {
    Standing standing = membership.standing();
    ClusterView view = standing.view();
    ClusterStatus status = membership.cluster().status();
    boolean ok = standing.open() && view.leader() != null;
    int assigned = view.leader() == null ? 0 : Limits.SLOTS;
    InfoText text = new InfoText();
    text.field("cluster_state", ok ? "ok" : "fail");
    text.field("cluster_slots_assigned", assigned);
    text.field("cluster_slots_ok", ok ? assigned : 0);
    text.field("cluster_slots_pfail", 0);
    text.field("cluster_slots_fail", 0);
    text.field("cluster_known_nodes", view.members().size());
    text.field("cluster_size", view.leader() == null ? 0 : 1);
    text.field("cluster_current_epoch", view.term());
    text.field("cluster_my_epoch", view.term());
    text.field("cluster_stats_messages_sent", 0);
    text.field("cluster_stats_messages_received", 0);
    text.field("total_cluster_links_buffer_limit_exceeded", 0);
    own(text, standing, status, membership.cluster().staleMillis());
    return text.toString();
  }

  /// What Redis does not have.
  static void own(InfoText text, Standing standing, ClusterStatus status, long staleMillis) {
    text.field("cluster_id", standing.view().clusterId());
    text.field("cluster_role", standing.state().name().toLowerCase(Locale.ROOT));
    text.field("cluster_voters", standing.view().members().stream().filter(Member::voting).count());
    text.field("cluster_term", status.term());
    text.field("cluster_committed_index", status.committedIndex());
    text.field("cluster_applied_index", status.appliedIndex());
    text.field("cluster_log_index", status.logIndex());
    text.field("cluster_log_bytes", status.logBytes());
    text.field("cluster_pending", status.pending());
    text.field("cluster_commit_usec_p99", status.commitMicros());
    text.field("cluster_elections", status.elections());
    text.field("cluster_installs", status.installs());
    text.field("cluster_stale_ms", staleMillis == Long.MAX_VALUE ? -1 : staleMillis);
  }
}
