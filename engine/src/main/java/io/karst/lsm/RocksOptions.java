package io.karst.lsm;

import io.karst.lsm.RocksStore.Mode;
import io.karst.memory.NativeFunction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.HistogramType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RateLimiter;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;
import org.rocksdb.WriteBufferManager;

/// How RocksDB is set up, and what of that has to be freed. The reasons are in
/// docs/adr/0009-the-disk-tier.md.
final class RocksOptions implements AutoCloseable {
  private static final int BACKGROUND_JOBS = 2;
  private static final long COMPACTION_BYTES_PER_SECOND = 128 << 20;
  private static final int REFILL_PERIOD_MICROS = 20_000;
  private static final int FAIRNESS = 10;
  private static final long READAHEAD_SIZE = 256 << 10;
  private static final long SYNC_SIZE = 1 << 20;
  private static final long BLOCK_SIZE = 4 << 10;
  private static final long INDEX_BLOCK_SIZE = 16 << 10;
  private static final long METADATA_BLOCK_SIZE = 4 << 10;
  private static final double BLOOM_BITS_PER_KEY = 10;
  private static final double MEMTABLE_BLOOM_RATIO = 0.02;
  private static final long LOG_SIZE_MAX = 1 << 20;
  private static final long MANIFEST_SIZE_MAX = 8 << 20;
  private static final long SMALL_ARENA_BLOCK_SIZE = 4 << 10;
  private static final double HIGH_PRIORITY_SHARE = 0.5;
  private static final int CACHE_SHARD_BITS = 2;
  private static final double BLOB_GARBAGE_MAX = 0.5;

  /// Flushed memtables that are merged at once.
  private static final int LEVEL_0_FILES = 4;

  /// Flushed memtables beyond which the checkpoint has to wait for compaction. It waits outright:
  /// RocksDB's way of slowing writers down step by step comes to some hundred kilobytes a second
  /// long before compaction needs it, and who waits here is no client. Those are slowed down by
  /// what the checkpoint leaves behind, the history.
  private static final int LEVEL_0_FILES_MAX = 48;

  private static final long LEVEL_1_SIZE_MIN = 16 << 20;
  private static final long TABLE_SIZE_MIN = 4 << 20;
  private static final long TABLE_SIZE_MAX = 64 << 20;

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final TierOptions limits;
  private final Cache cache;
  private final BloomFilter filter;
  private final Statistics statistics;
  private final DBOptions database;

  RocksOptions(TierOptions limits, Mode mode) {
    this.limits = limits;
    cache = own(new LRUCache(limits.cacheSize(), CACHE_SHARD_BITS, false, HIGH_PRIORITY_SHARE));
    filter = own(new BloomFilter(BLOOM_BITS_PER_KEY));
    statistics = own(new Statistics(EnumSet.allOf(HistogramType.class)));
    statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
    database = own(databaseOptions(mode));
  }

  /// For the database as a whole; owned by this.
  DBOptions database() {
    return database;
  }

  /// For the family `data`, the one that keys are looked up in.
  ColumnFamilyOptions data() {
    return family(table().setFilterPolicy(filter))
        .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO)
        .setMemtableWholeKeyFiltering(true);
  }

  /// For large payloads: in files of their own, so that compaction does not move them each time.
  ColumnFamilyOptions large() {
    return apart(0);
  }

  /// For what is beside large payloads, which is read with them.
  ColumnFamilyOptions amendments() {
    return apart(TierFormat.PART_BLOB_SIZE_MIN);
  }

  private ColumnFamilyOptions apart(long sizeMin) {
    return family(table().setFilterPolicy(filter))
        .setArenaBlockSize(SMALL_ARENA_BLOCK_SIZE)
        .setEnableBlobFiles(true)
        .setMinBlobSize(sizeMin)
        .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
        .setEnableBlobGarbageCollection(true)
        .setBlobGarbageCollectionForceThreshold(BLOB_GARBAGE_MAX);
  }

  /// For what is only gone through in order: filters would be of no use.
  ColumnFamilyOptions index() {
    return family(table().setPartitionFilters(false).setBlockSize(INDEX_BLOCK_SIZE))
        .setArenaBlockSize(SMALL_ARENA_BLOCK_SIZE);
  }

  ColumnFamilyOptions meta() {
    return index();
  }

  /// Changes the size of the cache, by a function that RocksDB's Java classes leave out: their
  /// handle of a cache is a pointer to a `std::shared_ptr<Cache>`, as is the function's.
  void cacheSize(long size) {
    NativeFunction function = NativeFunction.find("rocksdb_cache_set_capacity");
    if (function != null) {
      function.call(cache.getNativeHandle(), size);
    }
  }

  long cacheUsage() {
    return cache.getUsage();
  }

  long hits() {
    return statistics.getTickerCount(TickerType.BLOCK_CACHE_HIT);
  }

  long misses() {
    return statistics.getTickerCount(TickerType.BLOCK_CACHE_MISS);
  }

  /// Frees everything, after the database.
  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new AssertionError("freeing memory does not fail", e);
      }
    }
  }

  private DBOptions databaseOptions(Mode mode) {
    return new DBOptions()
        .setCreateIfMissing(mode == Mode.CREATE)
        .setCreateMissingColumnFamilies(mode == Mode.CREATE || mode == Mode.UPGRADE)
        .setParanoidChecks(true)
        .setAtomicFlush(true)
        .setAvoidFlushDuringShutdown(true)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setMaxOpenFiles(limits.openFilesMax())
        .setSkipStatsUpdateOnDbOpen(mode != Mode.READ)
        .setWriteBufferManager(own(new WriteBufferManager(limits.memtableSize(), cache)))
        .setAllowConcurrentMemtableWrite(false)
        .setRateLimiter(
            own(new RateLimiter(COMPACTION_BYTES_PER_SECOND, REFILL_PERIOD_MICROS, FAIRNESS)))
        .setBytesPerSync(SYNC_SIZE)
        .setCompactionReadaheadSize(READAHEAD_SIZE)
        .setMaxManifestFileSize(MANIFEST_SIZE_MAX)
        .setManifestPreallocationSize(SMALL_ARENA_BLOCK_SIZE)
        .setStatistics(statistics)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(LOG_SIZE_MAX)
        .setKeepLogFileNum(2);
  }

  /// A family's own memtable is at most half of what all have, so that one is flushed while the
  /// next one fills. The first level is about as large as what is merged into it, which would be
  /// written again and again for little otherwise.
  private ColumnFamilyOptions family(BlockBasedTableConfig table) {
    long merged = LEVEL_0_FILES * limits.memtableSize();
    return own(hinted())
        .setWriteBufferSize(limits.memtableSize() / 2)
        .setMaxWriteBufferNumber(4)
        .setLevel0FileNumCompactionTrigger(LEVEL_0_FILES)
        .setLevel0SlowdownWritesTrigger(LEVEL_0_FILES_MAX)
        .setLevel0StopWritesTrigger(LEVEL_0_FILES_MAX)
        .setMaxBytesForLevelBase(Math.max(LEVEL_1_SIZE_MIN, merged))
        .setTargetFileSizeBase(Math.clamp(merged / 4, TABLE_SIZE_MIN, TABLE_SIZE_MAX))
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(table);
  }

  /// With memtables that look for the place of a key from that of the one before it, of the same
  /// database: an option that RocksDB's Java classes know only by its name.
  private static ColumnFamilyOptions hinted() {
    Properties byName = new Properties();
    byName.setProperty(
        "memtable_insert_with_hint_prefix_extractor", "fixed:" + TierFormat.DATABASE_SIZE);
    return Objects.requireNonNull(ColumnFamilyOptions.getColumnFamilyOptionsFromProps(byName));
  }

  private BlockBasedTableConfig table() {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setBlockSize(BLOCK_SIZE)
        .setOptimizeFiltersForMemory(true)
        .setIndexType(IndexType.kTwoLevelIndexSearch)
        .setPartitionFilters(true)
        .setMetadataBlockSize(METADATA_BLOCK_SIZE)
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinTopLevelIndexAndFilter(true)
        .setPinL0FilterAndIndexBlocksInCache(true);
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }
}
