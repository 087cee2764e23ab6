package io.karst.server.info;

import io.karst.server.session.Server;

/// `Replication` and `Cluster`: what this version has none of, in the fields that
/// clients and monitors look for.
final class FixedSections {
  private FixedSections() {}

  static void replication(Server server, InfoText text) {
    text.field("role", "master");
    text.field("connected_slaves", 0);
    text.field("master_failover_state", "no-failover");
    text.field("master_replid", RunId.value());
    text.field("master_replid2", "0".repeat(RunId.value().length()));
    text.field("master_repl_offset", 0);
    text.field("second_repl_offset", -1);
    text.field("repl_backlog_active", 0);
    text.field("repl_backlog_size", 0);
    text.field("repl_backlog_first_byte_offset", 0);
    text.field("repl_backlog_histlen", 0);
  }

  /// What `Stats` says of replication.
  static void replicationStats(InfoText text) {
    text.field("total_net_repl_input_bytes", 0);
    text.field("total_net_repl_output_bytes", 0);
    text.ratio("instantaneous_input_repl_kbps", 0);
    text.ratio("instantaneous_output_repl_kbps", 0);
    text.field("sync_full", 0);
    text.field("sync_partial_ok", 0);
    text.field("sync_partial_err", 0);
    text.field("slave_expires_tracked_keys", 0);
    text.field("migrate_cached_sockets", 0);
  }

  static void cluster(Server server, InfoText text) {
    text.field("cluster_enabled", 0);
  }
}
