package io.karst.server.info;

import io.karst.cluster.Cluster;
import io.karst.cluster.ClusterStatus;
import io.karst.cluster.ClusterView;
import io.karst.cluster.Member;
import io.karst.server.session.Membership;
import io.karst.server.session.Server;

/// `Replication` and `Cluster`. Offsets are numbers of entries of the cluster's log, which all
/// members count alike; what a server by itself has none of stands there all the same.
final class ReplicationSection {
  private ReplicationSection() {}

  static void replication(Server server, InfoText text) {
    Membership membership = server.membership();
    if (membership == null) {
      text.field("role", "master");
      text.field("connected_slaves", 0);
      rest(text, RunId.value(), 0);
      return;
    }
    ClusterStatus status = membership.cluster().status();
    ClusterView view = membership.standing().view();
    if (membership.standing().leads()) {
      text.field("role", "master");
      replicas(view, status, text);
      rest(text, ClusterReport.shardId(view), ClusterReport.entries(status.committedIndex()));
    } else {
      text.field("role", "slave");
      leader(membership.cluster(), view, status, text);
      text.field("connected_slaves", 0);
      rest(text, ClusterReport.shardId(view), ClusterReport.entries(status.committedIndex()));
    }
  }

  private static void replicas(ClusterView view, ClusterStatus status, InfoText text) {
    text.field("connected_slaves", status.followers().size());
    int number = 0;
    for (ClusterStatus.Follower follower : status.followers()) {
      Member member = view.member(follower.id());
      if (member != null) {
        text.field(
            "slave" + number++,
            "ip="
                + member.host()
                + ",port="
                + member.port()
                + ",state="
                + (member.reachable() ? "online" : "wait_bgsave")
                + ",offset="
                + ClusterReport.entries(follower.matchIndex())
                + ",lag="
                + follower.heardMillis() / 1000);
      }
    }
  }

  private static void leader(
      Cluster cluster, ClusterView view, ClusterStatus status, InfoText text) {
    Member leader = view.leader();
    long staleMillis = cluster.staleMillis();
    boolean known = leader != null && staleMillis != Long.MAX_VALUE;
    text.field("master_host", leader == null ? "" : leader.host());
    text.field("master_port", leader == null ? 0 : leader.port());
    text.field("master_link_status", known ? "up" : "down");
    text.field("master_last_io_seconds_ago", known ? staleMillis / 1000 : -1);
    text.field("master_sync_in_progress", 0);
    text.field("slave_read_repl_offset", ClusterReport.entries(status.logIndex()));
    text.field("slave_repl_offset", ClusterReport.entries(status.appliedIndex()));
    text.field("slave_priority", 100);
    text.field("slave_read_only", 1);
    text.field("replica_announced", 1);
  }

  private static void rest(InfoText text, String id, long offset) {
    text.field("master_failover_state", "no-failover");
    text.field("master_replid", id);
    text.field("master_replid2", "0".repeat(id.length()));
    text.field("master_repl_offset", offset);
    text.field("second_repl_offset", -1);
    text.field("repl_backlog_active", 0);
    text.field("repl_backlog_size", 0);
    text.field("repl_backlog_first_byte_offset", 0);
    text.field("repl_backlog_histlen", 0);
  }

  static void cluster(Server server, InfoText text) {
    Membership membership = server.membership();
    text.field("cluster_enabled", membership == null ? 0 : 1);
    if (membership != null) {
      ClusterReport.own(text, membership);
    }
  }
}
