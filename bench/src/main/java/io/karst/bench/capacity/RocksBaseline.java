package io.karst.bench.capacity;

import io.karst.bench.load.Dataset;
import io.karst.bench.load.KeyChoice;
import io.karst.bench.load.Latencies;
import io.karst.bench.load.Mix;
import io.karst.bench.load.Outcome;
import io.karst.bench.load.Spread;
import io.karst.bench.load.Window;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/// The baseline: RocksDB through JNI, in a process of its own. The only class here that knows
/// RocksDB.
///
/// Set up as one would for point reads within a fixed amount of memory: one block cache of all of
/// that, to which memtables are charged (a quarter at most), and filters and indexes as well; bloom
/// filters of ten bits; LZ4; RocksDB's own log, handed to the operating system at each write and
/// not synced. Nothing is limited in its rate. Reads and writes go through arrays that are used
/// again, so that hardly anything is allocated.
///
/// It is told what to do line by line on standard input, and answers each with a line:
/// - `load`: sets all keys; `ok`.
/// - `run WRITES WARMUP SECONDS`: an [Outcome].
public final class RocksBaseline implements AutoCloseable {
  static {
    RocksDB.loadLibrary();
  }

  private static final int MEMTABLE_SHARE = 4;
  private static final int BACKGROUND_JOBS = 2;
  private static final double BLOOM_BITS = 10;
  private static final int VALUE_ROOM = 64;

  private final Dataset dataset;
  private final KeyChoice keys;
  private final int threads;
  private final Cache cache;
  private final WriteBufferManager memtables;
  private final BloomFilter filter = new BloomFilter(BLOOM_BITS);
  private final Options options;
  private final ReadOptions reading = new ReadOptions();
  private final WriteOptions writing = new WriteOptions().setSync(false);
  private final RocksDB database;

  private RocksBaseline(Path directory, long memory, Dataset dataset, int threads)
      throws RocksDBException {
    this.dataset = dataset;
    this.threads = threads;
    keys = KeyChoice.scrambledZipfian(dataset.keys());
    cache = new LRUCache(memory);
    memtables = new WriteBufferManager(memory / MEMTABLE_SHARE, cache);
    options = options(memory);
    database = RocksDB.open(options, directory.toString());
  }

  /// - `arguments`: directory, bytes of memory, number of keys, least and largest size of values,
  ///   number of threads.
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    Dataset dataset =
        new Dataset(
            Integer.parseInt(words.get(2)),
            Integer.parseInt(words.get(3)),
            Integer.parseInt(words.get(4)));
    try (RocksBaseline baseline =
            new RocksBaseline(
                Path.of(words.getFirst()),
                Long.parseLong(words.get(1)),
                dataset,
                Integer.parseInt(words.get(5)));
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(baseline.obey(List.of(line.split(" ", -1))));
      }
    }
  }

  /// The version of RocksDB.
  static String version() {
    RocksDB.Version version = RocksDB.rocksdbVersion();
    return version.getMajor() + "." + version.getMinor() + "." + version.getPatch();
  }

  private String obey(List<String> words) throws InterruptedException, RocksDBException {
    return switch (words.getFirst()) {
      case "load" -> {
        load();
        yield "ok";
      }
      case "run" ->
          run(
                  new Mix(dataset, keys, Double.parseDouble(words.get(1))),
                  Double.parseDouble(words.get(2)),
                  Double.parseDouble(words.get(3)))
              .line();
      default -> throw new IllegalArgumentException("not an order: " + words);
    };
  }

  private void load() throws RocksDBException {
    Worker worker = new Worker(new SplittableRandom(2));
    for (int number = 0; number < dataset.keys(); number++) {
      worker.write(number);
    }
  }

  private Outcome run(Mix mix, double warmUpSeconds, double seconds) throws InterruptedException {
    Window window = new Window();
    AtomicBoolean ending = new AtomicBoolean();
    SplittableRandom random = new SplittableRandom(System.nanoTime());
    List<Worker> workers = new ArrayList<>();
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        Worker worker = new Worker(random.split());
        workers.add(worker);
        ends.add(executor.submit(() -> worker.work(mix, window, ending)));
      }
      pause(warmUpSeconds);
      window.open();
      pause(seconds);
      window.close();
      ending.set(true);
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("RocksDB failed", e);
    }
    return outcome(workers, window);
  }

  private static Outcome outcome(List<Worker> workers, Window window) {
    Latencies reads = new Latencies();
    Latencies writes = new Latencies();
    long operations = 0;
    for (Worker worker : workers) {
      reads.add(worker.reads);
      writes.add(worker.writes);
      operations += worker.operations;
    }
    return new Outcome(
        operations, window.seconds(), Spread.of(reads), Spread.of(writes), Double.NaN);
  }

  private static void pause(double seconds) throws InterruptedException {
    TimeUnit.MICROSECONDS.sleep(Math.round(seconds * 1e6));
  }

  private Options options(long memory) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(filter)
            .setOptimizeFiltersForMemory(true)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    return new Options()
        .setCreateIfMissing(true)
        .setWriteBufferManager(memtables)
        .setWriteBufferSize(memory / MEMTABLE_SHARE / 2)
        .setMaxWriteBufferNumber(4)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(table);
  }

  @Override
  public void close() {
    database.close();
    options.close();
    writing.close();
    reading.close();
    filter.close();
    memtables.close();
    cache.close();
  }

  /// One thread's part of a load.
  private final class Worker {
    private final SplittableRandom random;
    private final byte[] key = new byte[Dataset.KEY_SIZE];
    private final byte[] value = new byte[dataset.sizeMax() + VALUE_ROOM];
    private final Latencies reads = new Latencies();
    private final Latencies writes = new Latencies();
    private long operations;

    private Worker(SplittableRandom random) {
      this.random = random;
    }

    private Void work(Mix mix, Window window, AtomicBoolean ending) throws RocksDBException {
      while (!ending.get()) {
        int number = mix.keys().next(random);
        boolean write = mix.nextWrites(random);
        long begin = System.nanoTime();
        if (write) {
          write(number);
        } else {
          read(number);
        }
        if (window.isOpen()) {
          (write ? writes : reads).add(System.nanoTime() - begin);
        }
        operations++;
      }
      return null;
    }

    private void write(int number) throws RocksDBException {
      Dataset.key(number, key, 0);
      int size = dataset.value(number, random, value, 0);
      database.put(writing, key, 0, key.length, value, 0, size);
    }

    private void read(int number) throws RocksDBException {
      Dataset.key(number, key, 0);
      int size = database.get(reading, key, 0, key.length, value, 0, value.length);
      if (size != dataset.valueSize(number)) {
        throw new IllegalStateException("key " + number + " has a value of " + size + " bytes");
      }
    }
  }
}
