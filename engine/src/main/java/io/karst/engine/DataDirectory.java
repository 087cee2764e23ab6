package io.karst.engine;

import io.karst.base.Disk;
import io.karst.base.Disk.DiskLock;
import io.karst.history.FrameVisitor;
import io.karst.history.Log;
import io.karst.history.LogSource;
import io.karst.history.Wal;
import io.karst.history.WalOptions;
import io.karst.history.WalReader;
import io.karst.lsm.ReplaceableTier;
import io.karst.lsm.RocksTier;
import io.karst.lsm.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a store keeps everything on disk:
///
/// ```
/// karst.format   the version of this layout
/// karst.lock     held by the process that has it open
/// wal/           the history: docs/formats/wal.md
/// lsm/           the disk tier: docs/formats/lsm.md
/// ```
///
/// The version also says whether the history is elsewhere, as that of a member of a cluster is:
/// then there is no `wal/`, and whoever expects one refuses the directory. Its tier alone is no
/// store that anybody could go on with, and another may take its place ([ReplaceableTier]).
///
/// Thread: the one that opens the engine.
public final class DataDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

  /// The names of its parts.
  public static final String HISTORY = "wal";

  public static final String TIER = "lsm";

  /// Held by the process that has the store open.
  public static final String LOCK = "karst.lock";

  /// Without this file a directory is no whole store.
  public static final String FORMAT = "karst.format";

  /// The version of this layout, and that of a directory whose history is elsewhere.
  private static final int VERSION = 1;

  private static final int VERSION_FOLLOWING = 2;

  /// More than any history is long: the tier may know LSNs past its last checkpoint, and a history
  /// that begins anew must not reach them again.
  static final long LOST_MAX = 1L << 48;

  private DataDirectory() {}

  /// Opens a directory for one engine, which closes it.
  ///
  /// - throws [IOException] if another process has it, it was written by a later version, its
  ///   history is elsewhere, or the operating system refuses; the message names it.
  /// - throws [io.karst.lsm.DamagedException] or [io.karst.history.DamagedLogException].
  public static Storage open(DirectoryOptions options) throws IOException {
    return locked(
        options,
        disk -> {
          checkVersion(disk, options, VERSION);
          Tier tier = RocksTier.open(disk.directory(TIER).path(), options.tier());
          try {
            if (options.salvage()) {
              Salvage.run(disk, walOptions(disk, options), tier, options.databases());
            }
          } catch (IOException | RuntimeException failure) {
            tier.close();
            throw failure;
          }
          return new Storage((from, visitor) -> history(disk, options, from, visitor), tier);
        });
  }

  /// Opens a directory whose history is kept elsewhere; the store follows that, at first
  /// ([Replica]).
  ///
  /// - `history`: what is behind the last checkpoint need not be shown to the visitor, if it is
  ///   applied later.
  /// - throws [IOException] as the other, and if the directory has a history of its own.
  /// - throws [io.karst.lsm.DamagedException].
  public static Storage open(DirectoryOptions options, LogSource history) throws IOException {
    return locked(
        options,
        disk -> {
          checkVersion(disk, options, VERSION_FOLLOWING);
          Tier tier = ReplaceableTier.open(disk, TIER, options.tier());
          return new Storage(history, tier).withFollows(true);
        });
  }

  /// What is done in a directory that is this process's.
  private interface Opening {
    Storage run(Disk disk) throws IOException;
  }

  private static Storage locked(DirectoryOptions options, Opening opening) throws IOException {
    Disk disk = Disk.at(options.path());
    DiskLock lock = disk.tryLock(LOCK);
    if (lock == null) {
      throw new IOException("the data directory " + options.path() + " is in use by a process");
    }
    try {
      return opening.run(disk).withLock(lock);
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private static WalOptions walOptions(Disk disk, DirectoryOptions options) throws IOException {
    return WalOptions.defaults(disk.directory(HISTORY), options.seed())
        .withClock(options.clock())
        .withPolicy(options.policy());
  }

  private static void checkVersion(Disk disk, DirectoryOptions options, int expected)
      throws IOException {
    byte[] content = disk.read(FORMAT);
    if (content == null) {
      checkNew(options.path());
      writeVersion(disk, expected);
      return;
    }
    String version = new String(content, StandardCharsets.ISO_8859_1);
    if (!version.matches("[1-9][0-9]{0,8}\n")) {
      throw new IOException("the file " + options.path().resolve(FORMAT) + " is damaged");
    }
    int found = Integer.parseInt(version.strip());
    if (found != expected) {
      throw new IOException("the data directory " + options.path() + refusal(found));
    }
  }

  /// Why a directory of a version is not opened as it was asked for.
  private static String refusal(int found) {
    return switch (found) {
      case VERSION ->
          " is that of a single server, which has a history of its own: start it with"
              + " cluster-enabled no, or give the member of the cluster an empty directory";
      case VERSION_FOLLOWING ->
          " is that of a member of a cluster, whose history is not in there: start it with"
              + " cluster-enabled yes, or give the single server another directory";
      default ->
          " has the format "
              + found
              + ", this program knows up to "
              + VERSION_FOLLOWING
              + ", says its file "
              + FORMAT;
    };
  }

  /// The version is the first that is written to a store, and the last to a copy of one.
  private static void checkNew(Path directory) throws IOException {
    if (Disk.exists(directory.resolve(TIER)) || Disk.exists(directory.resolve(HISTORY))) {
      throw new IOException(
          directory + " is no whole store: the file " + directory.resolve(FORMAT) + " is missing");
    }
  }

  /// Makes a directory one of this layout, with a history in it.
  static void writeVersion(Disk disk) throws IOException {
    writeVersion(disk, VERSION);
  }

  private static void writeVersion(Disk disk, int version) throws IOException {
    disk.write(FORMAT, (version + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static Log history(Disk disk, DirectoryOptions options, long from, FrameVisitor visitor) {
    try {
      WalOptions wal = walOptions(disk, options);
      if (!Wal.exists(wal.disk())) {
        return begin(wal, options, from);
      }
      try (WalReader history = WalReader.open(wal, from)) {
        long end = history.replay(visitor);
        return options.logged() ? Wal.open(wal, history) : Log.none(end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Log begin(WalOptions wal, DirectoryOptions options, long from) throws IOException {
    if (!options.logged()) {
      return Log.none(from);
    }
    if (from == 0) {
      return Wal.create(wal, 0);
    }
    LOG.warn("There is no history in {}; a new one begins", wal.disk().path());
    return Wal.create(wal, from + LOST_MAX);
  }
}
