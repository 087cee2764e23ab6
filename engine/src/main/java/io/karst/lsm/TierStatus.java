package io.karst.lsm;

/// Figures of a [Tier], for people; a moment old.
///
/// - `size`: bytes of disk it takes.
/// - `cacheSize`: bytes its cache takes, `tableSize` of its memtables, which are part of that,
///   `indexSize` of indexes and filters outside the cache.
/// - `hits`, `misses`: of the cache of blocks.
/// - `pendingCompaction`: bytes that are still to be compacted.
/// - `stalled`: whether writes are slowed down because of that.
public record TierStatus(
    long size,
    long cacheSize,
    long tableSize,
    long indexSize,
    long hits,
    long misses,
    long pendingCompaction,
    boolean stalled) {}
