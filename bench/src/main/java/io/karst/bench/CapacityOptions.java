package io.karst.bench;

import io.karst.bench.capacity.CapacityPlan;
import java.nio.file.Path;
import java.util.List;

/// Reads the options of `--larger-than-memory`.
final class CapacityOptions {
  static final String HELP =
      """
      --larger-than-memory gives Karst ten times more data than memory, and compares it with
      RocksDB, used directly through JNI in a process of its own, with the same memory.

        --quick            two minutes instead of up to ten: 64 MB, one short round
        --memory MB        maxmemory, and what RocksDB may use; default 256
        --times N          so many times more data than memory; default 10
        --connections N    to Karst, and threads of RocksDB; default 16
        --rounds N         default 3
        --seconds S        of a run; default 5
        --threads N        of the load; default half the cores
        --dir D            where data go for as long as it runs; default target/
      """;

  private static final int MEMORY_MEGABYTES = 256;
  private static final int QUICK_MEMORY_MEGABYTES = 64;

  private int memory;
  private int times = 10;
  private int connections = 16;

  private CapacityOptions() {}

  /// - `words`: behind `--larger-than-memory`.
  /// - `place`: for data, if nothing else is said.
  /// - throws [HarnessException] that says which word is wrong.
  static CapacityPlan parse(List<String> words, Path place) {
    return new CapacityOptions().plan(words, place);
  }

  private CapacityPlan plan(List<String> words, Path place) {
    Options options = new Options().withRounds().withLoad().withPlace(place);
    options
        .count("--memory", count -> memory = count)
        .count("--times", count -> times = count)
        .count("--connections", count -> connections = count)
        .parse(words);
    int megabytes = options.or(memory, QUICK_MEMORY_MEGABYTES, MEMORY_MEGABYTES);
    return new CapacityPlan(
        options.label(),
        megabytes,
        CapacityPlan.dataset(megabytes, times),
        connections,
        Math.min(options.threads(), connections),
        options.rounds(3),
        options.seconds(3, 5),
        options.place());
  }
}
