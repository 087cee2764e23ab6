package io.karst.server.metrics;

import io.karst.engine.DiskStatus;
import io.karst.history.LogStatus;
import io.karst.lsm.TierStatus;
import io.karst.server.session.Server;

/// What is on disk: the history, checkpoints, the disk tier. Of a server that keeps its data in
/// memory only, nothing.
final class DiskMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private DiskMetrics() {}

  static void add(Server server, Family family) {
    DiskStatus disk = server.engine().diskStatus();
    family.flag(
        "karst_read_only",
        "Whether writes are refused, as the disk does not take them.",
        server.engine().log().failure() != null);
    if (server.engine().log().keeps()) {
      history(disk.log(), family);
    }
    if (disk.tiered()) {
      checkpoints(server, disk, family);
      tier(disk, family);
    }
  }

  private static void history(LogStatus log, Family family) {
    family.gauge("karst_wal_size_bytes", "What the history takes on disk.", log.size());
    family.counter("karst_wal_written_bytes", "What was appended to the history.", log.tail());
    family.gauge(
        "karst_wal_unsynced_bytes", "Of that, what is not synced yet.", log.tail() - log.durable());
    family.counter("karst_wal_syncs", "Syncs of the history.", log.syncs());
    family.gauge(
        "karst_wal_last_sync_seconds",
        "How long the latest sync took.",
        log.syncNanos() / NANOS_PER_SECOND);
  }

  private static void checkpoints(Server server, DiskStatus disk, Family family) {
    long ageMillis = server.clock().wallMillis() - disk.checkpointMillis();
    family.counter("karst_checkpoints", "Checkpoints taken.", disk.checkpoints());
    family.gauge(
        "karst_checkpoint_last_seconds",
        "How long the latest took.",
        disk.checkpointNanos() / NANOS_PER_SECOND);
    if (disk.checkpointMillis() > 0) {
      family.gauge(
          "karst_checkpoint_age_seconds", "Since the latest.", Math.max(0, ageMillis) / 1000.0);
    }
    family.flag("karst_checkpoint_running", "Whether one goes on.", disk.checkpointing());
    family.flag("karst_checkpoint_failing", "Whether the latest failed.", disk.failing());
    family.gauge("karst_checkpoint_changes", "Changes since the latest began.", disk.changes());
  }

  private static void tier(DiskStatus disk, Family family) {
    TierStatus tier = disk.tier();
    family.gauge("karst_keys_hot", "Keys in memory.", disk.hot());
    family.gauge("karst_keys_cold", "Keys on disk only.", disk.cold());
    family.gauge("karst_keys_dirty", "Records that the disk tier does not have.", disk.dirty());
    family.gauge("karst_tier_size_bytes", "What the disk tier takes on disk.", tier.size());
    family.gauge("karst_tier_cache_bytes", "Its cache.", tier.cacheSize());
    family.counter("karst_tier_cache_hits", "Blocks found in it.", tier.hits());
    family.counter("karst_tier_cache_misses", "Blocks read from disk.", tier.misses());
    family.gauge(
        "karst_tier_pending_compaction_bytes",
        "What is to be compacted.",
        tier.pendingCompaction());
    family.flag("karst_tier_stalled", "Whether it holds writes up.", tier.stalled());
  }
}
