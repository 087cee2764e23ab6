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

  static void cluster(Server server, InfoText text) {
    text.field("cluster_enabled", 0);
  }
}
