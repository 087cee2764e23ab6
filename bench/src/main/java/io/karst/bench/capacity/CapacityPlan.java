package io.karst.bench.capacity;

import io.karst.bench.load.Dataset;
import java.nio.file.Path;

/// What is to be measured, and for how long.
///
/// - `label`: `quick` or `partial` for what is less than the default, else empty.
/// - `memoryMegabytes`: `maxmemory`, in units of 1024 · 1024 bytes, and what RocksDB may use.
/// - `dataset`: the keys and values.
/// - `connections`: to Karst, each with one pipeline on its way; RocksDB has as many threads.
/// - `threads`: of the load generator.
/// - `place`: where directories with data are made.
public record CapacityPlan(
    String label,
    int memoryMegabytes,
    Dataset dataset,
    int connections,
    int threads,
    int rounds,
    double seconds,
    Path place) {
  private static final int SIZE_MIN = 400;
  private static final int SIZE_MAX = 1000;

  /// What a byte of data takes on disk at most, in two stores, while they compact.
  private static final long BYTES_PER_BYTE = 5;

  /// So many times more data than memory.
  public static Dataset dataset(int memoryMegabytes, int times) {
    long bytes = ((long) memoryMegabytes * times) << 20;
    long size = Dataset.KEY_SIZE + (SIZE_MIN + SIZE_MAX) / 2;
    return new Dataset(Math.toIntExact(bytes / size), SIZE_MIN, SIZE_MAX);
  }

  long memoryBytes() {
    return (long) memoryMegabytes << 20;
  }

  long neededBytes() {
    return dataset.bytes() * BYTES_PER_BYTE;
  }
}
