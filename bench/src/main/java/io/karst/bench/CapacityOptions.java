package io.karst.bench;

import io.karst.bench.capacity.CapacityPlan;
import java.nio.file.Path;
import java.util.Iterator;
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
  private static final int TIMES = 10;

  private boolean quick;
  private boolean partial;
  private int memory;
  private int times = TIMES;
  private int connections = 16;
  private int rounds;
  private int seconds;
  private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private Path place;

  private CapacityOptions(Path place) {
    this.place = place;
  }

  /// - `words`: behind `--larger-than-memory`.
  /// - `place`: for data, if nothing else is said.
  /// - throws [HarnessException] that says which word is wrong.
  static CapacityPlan parse(List<String> words, Path place) {
    CapacityOptions options = new CapacityOptions(place);
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      options.option(rest.next(), rest);
    }
    return options.plan();
  }

  private void option(String name, Iterator<String> rest) {
    switch (name) {
      case "--quick" -> quick = true;
      case "--rounds" -> rounds = OptionWords.count(name, OptionWords.value(name, rest));
      case "--seconds" -> seconds = OptionWords.count(name, OptionWords.value(name, rest));
      case "--threads" -> threads = OptionWords.count(name, OptionWords.value(name, rest));
      case "--dir" -> place = Path.of(OptionWords.value(name, rest)).toAbsolutePath();
      default -> {
        scale(name, rest);
        partial = true;
      }
    }
  }

  private void scale(String name, Iterator<String> rest) {
    switch (name) {
      case "--memory" -> memory = OptionWords.count(name, OptionWords.value(name, rest));
      case "--times" -> times = OptionWords.count(name, OptionWords.value(name, rest));
      case "--connections" -> connections = OptionWords.count(name, OptionWords.value(name, rest));
      default -> throw OptionWords.unknown(name);
    }
  }

  private CapacityPlan plan() {
    int megabytes = memory > 0 ? memory : quick ? QUICK_MEMORY_MEGABYTES : MEMORY_MEGABYTES;
    return new CapacityPlan(
        quick ? "quick" : partial ? "partial" : "",
        megabytes,
        CapacityPlan.dataset(megabytes, times),
        connections,
        Math.min(threads, connections),
        rounds > 0 ? rounds : quick ? 1 : 3,
        seconds > 0 ? seconds : quick ? 3 : 5,
        place);
  }
}
