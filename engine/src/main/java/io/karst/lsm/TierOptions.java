package io.karst.lsm;

/// What a [RocksTier] may take.
///
/// - `cacheSize`: bytes for blocks of data, indexes and filters, and for memtables.
/// - `memtableSize`: bytes of that which memtables may take before they are flushed.
/// - `openFilesMax`: how many files it keeps open.
public record TierOptions(long cacheSize, long memtableSize, int openFilesMax) {
  /// Enough for a test or a small store.
  public static final TierOptions SMALL = new TierOptions(32L << 20, 8L << 20, 256);
}
