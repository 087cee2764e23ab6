package io.karst.engine;

import io.karst.base.Disk;
import io.karst.history.DamagedLogException;
import io.karst.history.FrameVisitor;
import io.karst.history.Log;
import io.karst.history.LogEnd;
import io.karst.history.UnusableLogException;
import io.karst.history.Wal;
import io.karst.history.WalOptions;
import io.karst.history.WalReader;
import io.karst.lsm.Tier;
import io.karst.lsm.TierMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a data directory usable whose history is damaged: what can be read of it goes to the disk
/// tier, then the history is put aside and a new one begins.
///
/// The tier may know LSNs past the damage; the new history begins past any of them, so that its
/// effects are newer than all that is there. A crash in between leaves a directory that can be
/// salvaged again.
///
/// Thread: the one that opens the directory, alone with it.
final class Salvage {
  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

  private final Disk disk;
  private final WalOptions wal;
  private long end;

  private Salvage(Disk disk, WalOptions wal) {
    this.disk = disk;
    this.wal = wal.withSalvage(true);
  }

  /// Salvages the history if it is damaged; leaves it alone if not.
  ///
  /// - `wal`: of the history's directory, which is in `disk`.
  /// - `tier`: open, and open afterwards.
  static void run(Disk disk, WalOptions wal, Tier tier, int databases) throws IOException {
    TierMeta meta = tier.meta();
    String flaw = flaw(wal, meta == null ? 0 : meta.checkpointLsn());
    if (flaw != null) {
      LOG.warn("Salvaging: {}", flaw);
      new Salvage(disk, wal).toTier(tier, databases);
    }
  }

  /// What is wrong with a history, null if nothing is.
  private static @Nullable String flaw(WalOptions wal, long from) throws IOException {
    if (!Wal.exists(wal.disk())) {
      return null;
    }
    try (WalReader reader = WalReader.open(wal.withSalvage(false), from)) {
      while (reader.next()) {
        reader.effects();
      }
      return null;
    } catch (DamagedLogException | UnusableLogException damage) {
      return damage.getMessage();
    }
  }

  private void toTier(Tier tier, int databases) throws IOException {
    Engine engine =
        Engine.open(
            EngineOptions.defaults(wal.seed())
                .withDatabases(databases)
                .withClock(wal.clock())
                .withMaintenance(false)
                .withStorage(new Storage(this::replay, tier)));
    boolean written = engine.checkpoints().runNow();
    engine.abandon();
    if (!written) {
      throw new IOException("what was salvaged could not be written to the disk tier");
    }
    String aside = DataDirectory.HISTORY + "-damaged-" + wal.clock().wallMillis();
    disk.rename(DataDirectory.HISTORY, aside);
    disk.sync();
    LOG.warn("Salvaged all up to LSN {}; the damaged history is in {}", end, aside);
  }

  /// Replays what can be read; answers with a log that stands past all that is known.
  private Log replay(long from, FrameVisitor visitor) {
    end = from;
    try (WalReader reader = WalReader.open(wal, from)) {
      try {
        end = reader.replay(visitor);
        LogEnd found = reader.end();
        LOG.warn("The history ends at {}: {}", found.place(), found.flaw());
      } catch (DamagedLogException damage) {
        end = reader.position();
        LOG.warn("Nothing can be read after LSN {}: {}", end, damage.getMessage());
      }
    } catch (DamagedLogException | UnusableLogException damage) {
      LOG.warn("Nothing can be read after LSN {}: {}", end, damage.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Log.none(end + DataDirectory.LOST_MAX);
  }
}
