package io.karst.server.info;

import io.karst.engine.DiskStatus;
import io.karst.engine.Engine;
import io.karst.history.Log;
import io.karst.history.LogStatus;
import io.karst.lsm.TierStatus;
import io.karst.server.session.Saves;
import io.karst.server.session.Server;

/// `Persistence`: how far the data is on disk.
///
/// What Redis calls RDB is the disk tier here, brought up to date by checkpoints; what it calls AOF
/// is the history. LSNs are positions in the history, in bytes.
final class PersistenceSection {
  private PersistenceSection() {}

  static void persistence(Server server, InfoText text) {
    Engine engine = server.engine();
    DiskStatus disk = engine.diskStatus();
    Saves saves = server.saves();
    int saving = flag(disk.checkpointing() || saves.inProgress());
    text.field("loading", 0);
    text.field("async_loading", 0);
    text.field("rdb_changes_since_last_save", disk.changes());
    text.field("rdb_bgsave_in_progress", saving);
    text.field("rdb_last_save_time", saves.lastMillis() / 1000);
    text.field("rdb_last_bgsave_status", status(!disk.failing() && !saves.failed()));
    text.field("rdb_last_bgsave_time_sec", seconds(disk));
    text.field("rdb_current_bgsave_time_sec", currentSeconds(disk));
    text.field("rdb_saves", disk.checkpoints());
    copies(text);
    text.field("aof_enabled", flag(engine.log().keeps()));
    text.field("aof_rewrite_in_progress", saving);
    text.field("aof_rewrite_scheduled", 0);
    text.field("aof_rewrites", disk.checkpoints());
    text.field("aof_last_rewrite_time_sec", seconds(disk));
    text.field("aof_current_rewrite_time_sec", currentSeconds(disk));
    text.field("aof_last_bgrewrite_status", status(!disk.failing() && !saves.failed()));
    text.field("aof_last_write_status", status(engine.log().failure() == null));
    if (engine.log().keeps()) {
      history(engine.log(), disk.log(), text);
    }
    if (disk.tiered()) {
      tier(server, disk, text);
    }
  }

  /// A checkpoint forks nothing, so nothing is copied on write.
  private static void copies(InfoText text) {
    text.field("current_cow_peak", 0);
    text.field("current_cow_size", 0);
    text.field("current_cow_size_age", 0);
    text.field("rdb_last_cow_size", 0);
    text.field("aof_last_cow_size", 0);
    text.field("module_fork_in_progress", 0);
    text.field("module_fork_last_cow_size", 0);
  }

  private static void history(Log log, LogStatus status, InfoText text) {
    text.field("aof_current_size", status.size());
    text.field("aof_pending_bio_fsync", flag(status.durable() < status.tail()));
    text.field("wal_first_lsn", status.first());
    text.field("wal_tail_lsn", status.tail());
    text.field("wal_durable_lsn", status.durable());
    text.field("wal_syncs", status.syncs());
    text.field("wal_last_sync_usec", status.syncNanos() / 1000);
    text.field("wal_lost", flag(log.lost()));
  }

  private static void tier(Server server, DiskStatus disk, InfoText text) {
    TierStatus tier = disk.tier();
    long age = Math.max(0, server.clock().wallMillis() - server.saves().lastMillis()) / 1000;
    text.field("checkpoint_lsn", disk.checkpointLsn());
    text.field("checkpoint_age", age);
    text.field("keys_hot", disk.hot());
    text.field("keys_cold", disk.cold());
    text.field("keys_dirty", disk.dirty());
    text.field("lsm_keys", disk.stored());
    text.field("lsm_size", tier.size());
    text.field("lsm_pending_compaction", tier.pendingCompaction());
    text.field("lsm_stalled", flag(tier.stalled()));
  }

  /// As Redis: -1 before the first.
  private static long seconds(DiskStatus disk) {
    return disk.checkpoints() == 0 ? -1 : disk.checkpointNanos() / 1_000_000_000L;
  }

  /// As Redis: -1 if none goes on.
  private static long currentSeconds(DiskStatus disk) {
    return disk.checkpointing() ? disk.checkpointingNanos() / 1_000_000_000L : -1;
  }

  private static int flag(boolean on) {
    return on ? 1 : 0;
  }

  private static String status(boolean ok) {
    return ok ? "ok" : "err";
  }
}
