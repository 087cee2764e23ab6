package io.karst.bench.capacity;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.report.Report;
import io.karst.bench.report.Row;
import io.karst.bench.report.RunReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// `./karst bench --larger-than-memory`, from the check of what it needs to the files with its
/// result.
public final class CapacityComparison {
  private static final List<String> NOTES =
      List.of(
          "Medians of the rounds; the stores took turns. The CSV file beside this one has"
              + " the extremes.",
          "Not the same is compared: RocksDB is called by threads of its own process, Karst"
              + " is asked through a socket by a load generator that runs on the same cores."
              + " Pipeline 16: each connection sends 16 requests at once. RocksDB does one"
              + " operation at a time on each of as many threads as Karst has connections.",
          "Keys by YCSB's scrambled zipfian distribution (0.99), values of letters at"
              + " random, which compress little. Reads are checked: size and key in Karst's"
              + " replies, size in RocksDB.",
          "RocksDB: one block cache as large as Karst's maxmemory, memtables (a quarter at"
              + " most), filters and indexes charged to it; bloom filters, LZ4, its log written"
              + " and not synced. Karst: maxmemory-policy spill, appendfsync everysec.",
          "Files are read through the page cache of the operating system, which holds what"
              + " is not in the memory of either, if the machine has that much.",
          "Latency: an operation in RocksDB; with Karst a client's wait for the replies to"
              + " all it sent at once.",
          "CPU is user and system time of the process per operation, until it had nothing"
              + " left to do in the background. RocksDB's includes the choice of keys, Karst's the"
              + " network.",
          "Resident: all pages, those of mapped files included.");

  private final Launcher launcher;
  private final Progress progress;

  /// - `root`: the directory of the repository.
  /// - `progress`: where to say what is going on.
  public CapacityComparison(Path root, Children children, PrintStream progress) {
    launcher = new Launcher(root, children);
    this.progress = new Progress(progress);
  }

  /// Measures what the plan says, writes `bench/results`, and returns the path of the report.
  public Path run(CapacityPlan plan, PrintStream out) {
    RunReport report = new RunReport(launcher, progress);
    List<Row> rows;
    try (DataDirectory data = DataDirectory.in(plan.place(), plan.neededBytes())) {
      rows = new CapacityLoad(launcher, plan, progress).run(data);
    }
    List<String> facts = report.facts("RocksDB " + RocksBaseline.version(), settings(plan));
    return report.publish(
        new Report("with more data than memory, beside RocksDB", "RocksDB", facts, rows, NOTES),
        out,
        "capacity",
        plan.label());
  }

  private static String settings(CapacityPlan plan) {
    return String.format(
        Locale.ROOT,
        "memory: %d MB; keys: %,d, values of %d to %d bytes, %,d MB together; connections and"
            + " threads of RocksDB: %d; threads of load: %d; rounds: %d, each of %s s%s",
        plan.memoryMegabytes(),
        plan.dataset().keys(),
        plan.dataset().sizeMin(),
        plan.dataset().sizeMax(),
        plan.dataset().bytes() >> 20,
        plan.connections(),
        plan.threads(),
        plan.rounds(),
        plan.seconds(),
        plan.label().isEmpty() ? "" : " (" + plan.label() + ")");
  }
}
