package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.lsm.Stored;
import io.karst.lsm.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads from the disk tier for transactions.
///
/// A call into the tier holds on to its platform thread, so virtual threads hand theirs to a small
/// pool of platform threads and wait; others read themselves. Reads of one key at the same time are
/// one read.
///
/// Thread-safe; blocks.
final class TierReads implements AutoCloseable {
  /// Reads the disk is asked for at a time: what keeps one solid-state disk busy.
  private static final int THREADS = 8;

  /// Keys of many that are read at a time.
  private static final int PART = 512;

  /// What is to be read.
  ///
  /// - `database`: its id.
  /// - `drops`: how often something had been dropped from the slot when the key was seen missing;
  ///   only reads that saw the same may share their result.
  record Read(int database, Bytes key, long drops) {}

  private final Tier tier;
  private final ConcurrentHashMap<Read, CompletableFuture<@Nullable Stored>> flights =
      new ConcurrentHashMap<>();
  private final ExecutorService pool =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("karst-disk-", 1).factory());

  TierReads(Tier tier) {
    this.tier = tier;
  }

  /// What the tier has of each key, all of one database; null where it has nothing.
  List<@Nullable Stored> getAll(List<Read> reads) {
    if (reads.size() == 1) {
      List<@Nullable Stored> one = new ArrayList<>(1);
      one.add(shared(reads.getFirst()));
      return one;
    }
    List<Bytes> keys = reads.stream().map(Read::key).toList();
    return onPlatformThread(() -> tier.getAll(reads.getFirst().database(), keys, false));
  }

  /// As [Tier#getAll], of any number of keys and with all threads there are: for keys in their
  /// order, so that each block is read once. Any thread but those of the pool.
  List<@Nullable Stored> getMany(int database, List<Bytes> keys, boolean headersOnly) {
    if (keys.size() <= PART) {
      return onPlatformThread(() -> tier.getAll(database, keys, headersOnly));
    }
    List<CompletableFuture<List<@Nullable Stored>>> parts = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += PART) {
      List<Bytes> part = keys.subList(from, Math.min(keys.size(), from + PART));
      parts.add(
          CompletableFuture.supplyAsync(() -> tier.getAll(database, part, headersOnly), pool));
    }
    List<@Nullable Stored> all = new ArrayList<>(keys.size());
    parts.forEach(part -> all.addAll(join(part)));
    return all;
  }

  /// Runs something that reads on a platform thread.
  <T extends @Nullable Object> T onPlatformThread(Supplier<T> read) {
    return Thread.currentThread().isVirtual()
        ? join(CompletableFuture.supplyAsync(read, pool))
        : read.get();
  }

  @Override
  public void close() {
    pool.close();
  }

  private @Nullable Stored shared(Read read) {
    Read own = new Read(read.database(), read.key().copy(), read.drops());
    CompletableFuture<@Nullable Stored> mine = new CompletableFuture<>();
    CompletableFuture<@Nullable Stored> flight = flights.putIfAbsent(own, mine);
    if (flight != null) {
      return join(flight);
    }
    try {
      Stored stored = onPlatformThread(() -> tier.get(own.database(), own.key()));
      mine.complete(stored);
      return stored;
    } catch (Throwable failure) {
      mine.completeExceptionally(failure);
      throw failure;
    } finally {
      flights.remove(own);
    }
  }

  private static <T extends @Nullable Object> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
