package io.karst.server;

import io.karst.base.Clock;
import io.karst.base.Limits;
import io.karst.engine.DataDirectory;
import io.karst.engine.DirectoryOptions;
import io.karst.engine.EngineOptions;
import io.karst.engine.MemoryPlan;
import io.karst.engine.Storage;
import io.karst.history.LogSource;
import io.karst.lsm.TierOptions;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.Machine;
import io.karst.server.config.MemoryDirectives;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// How the store of a server is opened, by the configuration.
public final class StoreOptions {
  /// Files that the disk tier may have open.
  static final int TIER_FILES_MAX = 1024;

  private StoreOptions() {}

  /// The options of the store that a configuration describes. Its directory, if it has one, is open
  /// then, and this process's.
  ///
  /// - throws [IOException] if the directory cannot be had, [io.karst.lsm.DamagedException] or
  ///   [io.karst.history.DamagedLogException] if it is damaged.
  public static EngineOptions of(Config config, Clock clock) throws IOException {
    return of(config, clock, null);
  }

  /// As [#of(Config, Clock)].
  ///
  /// - `history`: of the cluster that the store is to be a part of; null if it is by itself.
  static EngineOptions of(Config config, Clock clock, @Nullable LogSource history)
      throws IOException {
    SecureRandom seeds = new SecureRandom();
    MemoryPlan memory = memory(config);
    return new EngineOptions(
        config.value(MemoryDirectives.DATABASES),
        memory.keyspace(),
        Limits.STRING_SIZE_MAX,
        clock,
        seeds.nextLong(),
        config.value(DiskDirectives.MEMORY_ONLY)
            ? Storage.MEMORY
            : storage(config, clock, memory, history),
        true);
  }

  /// How `maxmemory` is divided at first.
  static MemoryPlan memory(Config config) {
    return MemoryPlan.of(
        config.value(MemoryDirectives.MAXMEMORY).effectiveBytes(Machine.current()),
        !config.value(DiskDirectives.MEMORY_ONLY));
  }

  private static Storage storage(
      Config config, Clock clock, MemoryPlan memory, @Nullable LogSource history)
      throws IOException {
    Path directory = Path.of(config.value(DiskDirectives.DIR));
    DirectoryOptions options =
        DirectoryOptions.defaults(directory, new SecureRandom().nextLong())
            .withLogged(config.value(DiskDirectives.APPENDONLY))
            .withPolicy(config.value(DiskDirectives.APPENDFSYNC))
            .withTier(new TierOptions(memory.tier(), memory.memtables(), TIER_FILES_MAX))
            .withClock(clock)
            .withDatabases(config.value(MemoryDirectives.DATABASES))
            .withSalvage(config.value(DiskDirectives.SALVAGE));
    try {
      return history == null ? DataDirectory.open(options) : DataDirectory.open(options, history);
    } catch (FileSystemException refused) {
      throw new IOException(
          "the data directory " + directory.toAbsolutePath() + " cannot be used: " + why(refused),
          refused);
    }
  }

  private static String why(FileSystemException refused) {
    return switch (refused) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _, NotDirectoryException _ -> "it is no directory";
      default -> String.valueOf(refused.getMessage());
    };
  }
}
