package io.karst.bench.comparison;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.ProcessFigures;
import io.karst.bench.harness.Progress;
import io.karst.bench.load.RedisBenchmark;
import io.karst.bench.report.Report;
import io.karst.bench.report.ReportText;
import io.karst.bench.report.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A whole comparison, from the check of what it needs to the files with its result.
public final class Comparison {
  private static final List<String> NOTES =
      List.of(
          "Medians of the rounds; the servers took turns within each cell. The CSV file beside this"
              + " one has the extremes.",
          "Load: redis-benchmark, 50 connections, values of 64 bytes, keys at random among those"
              + " loaded before, so that GETs find theirs. A command of MSET sets ten keys.",
          "Latency is a client's wait for the replies to all it sent at once: a whole pipeline.",
          "CPU is user and system time of the server process, all its threads, per command.",
          "Where the load generator is busy near 100 %, it was the limit, not the server; --threads"
              + " gives it more.",
          "Before it was measured, Karst had run every cell twice, so that its code was compiled;"
              + " then each server ran each cell once more, to find out how many requests to make.",
          "Resident per key: the growth while the keys were loaded, after as many SETs to a few"
              + " keys.");

  private final Launcher launcher;
  private final Facts facts;
  private final Progress progress;
  private final Path root;

  /// - `root`: the directory of the repository.
  /// - `progress`: where to say what is going on.
  public Comparison(Path root, Children children, PrintStream progress) {
    this.root = root;
    launcher = new Launcher(root, children);
    facts = new Facts(root, children);
    this.progress = new Progress(progress);
  }

  /// Measures what the plan says, writes `bench/results`, and returns the path of the report.
  public Path run(Plan wanted, PrintStream out) {
    if (!ProcessFigures.available()) {
      throw new HarnessException("the comparison needs Linux: it reads processor time from /proc");
    }
    LocalDateTime begin = LocalDateTime.now(ZoneOffset.UTC);
    String load = facts.load();
    warnIfBusy(load);
    RedisBenchmark benchmark =
        new RedisBenchmark(launcher.children(), Plan.CONNECTIONS, wanted.threads(), wanted.keys());
    String generator = benchmark.version();
    Plan plan = withoutMissingRedis(wanted);
    progress.note("building Karst, if need be");
    launcher.build();
    List<Row> rows = measure(plan, benchmark);
    Report report = new Report(describe(plan, begin, load, generator), rows, NOTES);
    out.println();
    out.print(ReportText.table(report));
    out.println(report.conclusion());
    return write(plan, begin, report);
  }

  private void warnIfBusy(String load) {
    if (facts.busy()) {
      progress.note("this machine is busy (load averages " + load + "): do not trust the figures");
    }
  }

  private Plan withoutMissingRedis(Plan plan) {
    if (!plan.contenders().contains(Contender.REDIS) || !launcher.redisVersion().isEmpty()) {
      return plan;
    }
    progress.note("redis-server is not installed: only Karst is measured");
    return plan.withoutRedis();
  }

  private List<Row> measure(Plan plan, RedisBenchmark benchmark) {
    List<Row> rows = new ArrayList<>();
    if (!plan.cells().isEmpty()) {
      rows.addAll(new LoadComparison(launcher, plan, progress, benchmark).run());
    }
    if (plan.memoryKeys() > 0) {
      rows.addAll(new MemoryUse(launcher, plan, progress).run());
    }
    if (plan.startUps() > 0) {
      rows.addAll(new StartUp(launcher, plan, progress).run());
    }
    return rows;
  }

  private List<String> describe(
      Plan plan, LocalDateTime begin, String loadBefore, String generator) {
    String time = begin.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT));
    String redis = plan.contenders().contains(Contender.REDIS) ? launcher.redisVersion() : "none";
    String changed = facts.changed() ? ", with changes that are not committed" : "";
    return List.of(
        time + ", commit " + facts.commit() + changed + ", " + progress.seconds() + " s",
        facts.machine(),
        "load averages before: " + loadBefore + "; after: " + facts.load(),
        "Karst "
            + launcher.karstVersion()
            + ", JVM "
            + Runtime.version()
            + "; Redis "
            + redis
            + "; redis-benchmark "
            + generator,
        String.format(
            Locale.ROOT,
            "keys: %,d; rounds: %d, each of %s; threads of load: %d%s",
            plan.keys(),
            plan.rounds(),
            plan.requests() > 0 ? plan.requests() + " requests" : plan.seconds() + " s",
            plan.threads(),
            plan.label().isEmpty() ? "" : " (" + plan.label() + ")"));
  }

  private Path write(Plan plan, LocalDateTime begin, Report report) {
    String label = plan.label().isEmpty() ? "" : "-" + plan.label();
    String name = begin.toLocalDate() + "-" + facts.commit() + label;
    Path directory = root.resolve("bench").resolve("results");
    Path markdown = directory.resolve(name + ".md");
    try {
      Files.createDirectories(directory);
      Files.writeString(markdown, ReportText.markdown(report));
      Files.writeString(directory.resolve(name + ".csv"), ReportText.csv(report));
      return markdown;
    } catch (IOException e) {
      throw new HarnessException("cannot write to " + directory, e);
    }
  }
}
