package io.karst.server.metrics;

import io.karst.cluster.BroadcastCounts;
import io.karst.cluster.Cluster;
import io.karst.cluster.ClusterStatus;
import io.karst.cluster.ClusterView;
import io.karst.server.info.ClusterReport;
import io.karst.server.session.Membership;
import io.karst.server.session.Server;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/// How a member is in its cluster, and how far; of a server by itself, nothing.
final class ClusterMetrics {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;

  private ClusterMetrics() {}

  static void add(Server server, Family family) {
    Membership membership = server.membership();
    if (membership == null) {
      return;
    }
    Cluster cluster = membership.cluster();
    ClusterView view = membership.standing().view();
    ClusterStatus status = cluster.status();
    family.flag("karst_cluster_leader", "Whether it leads.", membership.standing().leads());
    family.flag(
        "karst_cluster_ready", "Whether it leads or follows.", membership.standing().open());
    family.gauge(
        "karst_cluster_members", "Members of all shards, itself included.", view.members().size());
    family.gauge("karst_cluster_shards", "Shards.", view.shards().size());
    family.gauge("karst_cluster_shard", "The number of its own shard.", view.own());
    family.gauge(
        "karst_cluster_slots_served",
        "Slots whose shard has a leader, as far as it knows: of 16384.",
        ClusterReport.served(view));
    family.gauge("karst_cluster_term", "Of its leader; grows with elections.", status.term());
    family.gauge("karst_cluster_log_index", "The latest entry of its log.", status.logIndex());
    family.gauge(
        "karst_cluster_committed_index",
        "The latest that a majority has, as far as it knows.",
        status.committedIndex());
    family.gauge(
        "karst_cluster_applied_index", "The latest that it has applied.", status.appliedIndex());
    family.gauge("karst_cluster_log_bytes", "What its log takes on disk.", status.logBytes());
    family.counter("karst_cluster_elections", "Elections it has seen.", status.elections());
    family.counter(
        "karst_cluster_installs", "Copies of all data it has been given.", status.installs());
    messages(membership, family);
    freshness(cluster.staleMillis(), family);
    if (membership.standing().leads()) {
      leader(status, family);
    }
  }

  private static void messages(Membership membership, Family family) {
    BroadcastCounts counts = membership.cluster().broadcasts();
    family.counter(
        "karst_cluster_messages_sent",
        "Messages of PUBLISH on their way to other members, each counted for each.",
        counts.sent());
    family.counter(
        "karst_cluster_messages_heard",
        "Messages of PUBLISH that have come from other members.",
        counts.heard());
    family.counter(
        "karst_cluster_messages_missed",
        "Messages of PUBLISH that a member did not get: it cannot be reached, or does not keep up.",
        membership.missedMessages());
  }

  private static void freshness(long staleMillis, Family family) {
    if (staleMillis != Long.MAX_VALUE) {
      family.gauge(
          "karst_cluster_stale_seconds",
          "For how long, at most, what it has may have been overtaken.",
          staleMillis / MILLIS_PER_SECOND);
    }
  }

  private static void leader(ClusterStatus status, Family family) {
    family.gauge(
        "karst_cluster_pending", "Transactions that wait for a majority.", status.pending());
    family.gauge(
        "karst_cluster_commit_p99_seconds",
        "How long a majority takes, in 99 of 100 cases, lately.",
        status.commitMicros() / MICROS_PER_SECOND);
    GaugeSnapshot.Builder behind =
        GaugeSnapshot.builder()
            .name("karst_cluster_follower_lag_entries")
            .help("Entries that a follower does not have yet.");
    GaugeSnapshot.Builder silent =
        GaugeSnapshot.builder()
            .name("karst_cluster_follower_silent_seconds")
            .help("Since a follower was heard of.");
    for (ClusterStatus.Follower follower : status.followers()) {
      Labels labels = Labels.of("member", follower.id());
      long missing = Math.max(0, status.logIndex() - follower.matchIndex());
      behind.dataPoint(Family.point(labels, missing));
      silent.dataPoint(Family.point(labels, follower.heardMillis() / MILLIS_PER_SECOND));
    }
    family.add(behind.build());
    family.add(silent.build());
  }
}
