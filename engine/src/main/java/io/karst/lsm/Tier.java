package io.karst.lsm;

import io.karst.base.Bytes;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys that were checkpointed, ordered by database and key, on disk.
///
/// What [#write] writes can be read at once and survives a crash only after [#flush]; a crash
/// leaves some prefix of the batches written, each whole, and at least those before the last flush.
///
/// Thread-safe: one writer at a time, any number of readers. All calls may block on the disk: none
/// is for event loops or under a slot's lock. A fault of the disk is a
/// [io.karst.base.Fault.ReadOnly] from the writer's calls; what is damaged or cannot be read is a
/// [DamagedException] from any.
public interface Tier extends AutoCloseable {
  /// The state of a key, or null.
  @Nullable Stored get(int database, Bytes key);

  /// As [#get], without the value.
  @Nullable Stored header(int database, Bytes key);

  /// The states of several keys of a database, null for those without; cheaper than one by one.
  ///
  /// - `headersOnly`: whether values are left out.
  List<@Nullable Stored> getAll(int database, List<Bytes> keys, boolean headersOnly);

  /// Writes a batch, all or nothing.
  void write(TierBatch batch);

  /// Returns when everything written so far survives a crash.
  void flush();

  /// What the latest batch with a [TierMeta] said; null if there was none yet.
  @Nullable TierMeta meta();

  /// The ids of the databases that have keys, in order.
  List<Integer> databases();

  /// How many live keys, and how many of them with an expiry, each slot of a database has: two
  /// arrays of [io.karst.base.Limits#SLOTS] numbers, keys first.
  int[][] counts(int database);

  /// Goes through the keys of a database in order.
  ///
  /// - `from`: where to begin, inclusive; null is the end to begin at.
  /// - `reverse`: downwards.
  /// - `headersOnly`: whether values are left out.
  TierCursor keys(int database, @Nullable Bytes from, boolean reverse, boolean headersOnly);

  /// Goes through the keys of one slot in the order of a hash that never changes
  /// ([io.karst.base.Xxh3], unsigned), without reading their values.
  ///
  /// - `fromHash`: where to begin, inclusive; 0 is the beginning.
  SlotCursor slot(int database, int slot, long fromHash);

  /// Goes through the keys that are due, one database after the other, in each the earliest first.
  DueCursor due(long nowMillis);

  /// The earliest expiry of all, [Long#MAX_VALUE] if there is none; a lower bound.
  long earliestExpiry();

  /// Makes a copy in a directory that does not exist yet, by hard links where the file system can:
  /// of some prefix of the batches, and at least of those that were written before the call.
  void copyTo(Path directory);

  /// Changes how many bytes its caches may take, memtables included; at once where they are to
  /// shrink. A hint: a tier may have no way to.
  void cacheSize(long size);

  /// Figures for people, a moment old.
  TierStatus status();

  /// Waits for calls under way, closes the cursors and lets go of the files. Makes nothing safe:
  /// what was not flushed may be lost as in a crash.
  @Override
  void close();
}
