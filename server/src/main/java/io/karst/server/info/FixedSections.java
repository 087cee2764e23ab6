package io.karst.server.info;

/// What this version has none of, in the fields that clients and monitors look for.
final class FixedSections {
  private FixedSections() {}

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
}
