package io.karst.server.session;

import io.karst.base.Clock;
import io.karst.engine.WorkTimes;
import io.karst.server.insight.Insight;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of the times of work in the background: events of `LATENCY`, and for what matters a
/// line in the log.
final class WorkLog implements WorkTimes.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(WorkLog.class);

  /// From how long on a sync is slow, and how long there is no second line about that.
  private static final long SLOW_SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Insight insight;
  private final Supplier<Durability> durability;
  private final Clock clock;
  private long quietUntilNanos;

  /// - `durability`: that of connections which have not asked for one.
  WorkLog(Insight insight, Clock clock, Supplier<Durability> durability) {
    this.insight = insight;
    this.clock = clock;
    quietUntilNanos = clock.monotonicNanos();
    this.durability = durability;
  }

  @Override
  public void took(WorkTimes.Work work, long nanos, long count) {
    insight.worked(event(work), nanos);
    switch (work) {
      case CHECKPOINT -> {
        if (count > 0) {
          long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
          LOG.info("Checkpoint: {} changed keys written in {} ms", count, millis);
        }
      }
      case WAL_SYNC -> synced(nanos);
      case EVICTION_CYCLE, EXPIRE_CYCLE -> {}
    }
  }

  /// The name of work in the background, where Redis has one its own.
  private String event(WorkTimes.Work work) {
    return switch (work) {
      case CHECKPOINT -> "checkpoint";
      case WAL_SYNC -> durability.get() == Durability.FSYNC ? "aof-fsync-always" : "wal-sync";
      case EVICTION_CYCLE -> "eviction-cycle";
      case EXPIRE_CYCLE -> "expire-cycle";
    };
  }

  /// On the log's thread.
  private void synced(long nanos) {
    long now = clock.monotonicNanos();
    if (nanos >= SLOW_SYNC_NANOS && now - quietUntilNanos >= 0) {
      quietUntilNanos = now + QUIET_NANOS;
      LOG.warn("The disk is slow: a sync took {} ms", TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }
}
