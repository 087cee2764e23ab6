package io.karst.bench.quorum;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.quorum.Measured.Run;
import io.karst.bench.quorum.Trio.Request;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Report;
import io.karst.bench.report.Rounds;
import io.karst.bench.report.Row;
import io.karst.bench.report.RunReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `./karst bench --cluster`.
///
/// - `root`: the directory of the repository.
/// - `err`: for progress.
public record QuorumComparison(Path root, Children children, PrintStream err) {
  private static final long NEEDED_BYTES = 4L << 30;
  private static final double OF_ETCD = 5;
  private static final int COMPARED_CLIENTS = 128;
  private static final int EVENT_CLIENTS = 16;

  /// Measures, prints a table, and returns the file with the whole report.
  public Path run(QuorumPlan plan, PrintStream out) {
    Progress progress = new Progress(err);
    Launcher launcher = new Launcher(root, children);
    RunReport report = new RunReport(launcher, progress);
    String etcd = plan.others() ? EtcdTrio.version(children) : "";
    String redis = plan.others() ? launcher.redisVersion() : "";
    List<Row> rows = new ArrayList<>();
    try (DataDirectory data = DataDirectory.in(root.resolve("target"), NEEDED_BYTES)) {
      Measured etcds = null;
      if (!etcd.isEmpty()) {
        try (Trio trio = new EtcdTrio(data.make("etcd"), children)) {
          etcds = Measured.of(trio, plan, progress);
        }
      }
      Measured redises = null;
      if (!redis.isEmpty()) {
        try (Trio trio = new RedisTrio(data.make("redis"), children)) {
          redises = Measured.of(trio, plan, progress);
        }
      }
      karst(plan, data, progress, rows, new Others(etcds, redises));
    }
    progress.endLine();
    String versions = "etcd " + named(etcd) + ", redis-server " + named(redis);
    return report.publish(
        new Report(
            "and what it costs to have written to a majority",
            "other",
            report.facts(versions),
            rows,
            notes()),
        out,
        "cluster",
        plan.label());
  }

  private static String named(String version) {
    return version.isEmpty() ? "not measured" : version;
  }

  private record Others(@Nullable Measured etcd, @Nullable Measured redis) {}

  private void karst(
      QuorumPlan plan, DataDirectory data, Progress progress, List<Row> rows, Others others) {
    List<String> server = List.of(root.resolve("karst").toString(), "server");
    try (KarstTrio trio = new KarstTrio(server, data.make("karst"), children)) {
      Measured karst = Measured.of(trio, plan, progress);
      for (Run run : Measured.runs(plan)) {
        rows.addAll(rows(run, karst, "etcd", others.etcd));
      }
      for (Run run : Measured.runs(plan)) {
        if (others.redis != null && run.request() != Request.READ) {
          rows.addAll(rows(run, karst, "Redis", others.redis));
        }
      }
      Events events = new Events(trio, EVENT_CLIENTS, progress);
      rows.add(events.failover(plan.failovers()));
      rows.addAll(events.joining());
    }
  }

  private static List<Row> rows(Run run, Measured karst, String name, @Nullable Measured other) {
    Rounds perSecond = karst.perSecond(run);
    Rounds p99 = karst.p99Millis(run);
    if (perSecond == null || p99 == null) {
      throw new HarnessException("Karst was not measured: " + run);
    }
    String subject = String.format(Locale.ROOT, "%d clients, beside %s", run.clients(), name);
    boolean goal =
        run.request() == Request.WRITE && run.clients() == COMPARED_CLIENTS && name.equals("etcd");
    return List.of(
        new Row(
            measure(run.request()),
            subject,
            "/s",
            other == null ? null : other.perSecond(run),
            perSecond,
            goal ? new Goal.RatioAtLeast(OF_ETCD) : Goal.none()),
        new Row(
            measure(run.request()) + ", p99",
            subject,
            "ms",
            other == null ? null : other.p99Millis(run),
            p99,
            Goal.none()));
  }

  private static String measure(Request request) {
    return switch (request) {
      case WRITE -> "quorum writes";
      case READ -> "linearizable reads";
      case STALE_READ -> "reads that may be stale";
    };
  }

  private static List<String> notes() {
    return List.of(
        "Three nodes each, on this machine, one kind after the other, the clients on the same"
            + " cores: take the ratios. Keys of 16 bytes, values of 64, one request at a time on"
            + " each connection.",
        "Before the first run 16 clients write to each for half a minute: these are figures of"
            + " servers that have run for a while. Three JVMs that have just started on two cores"
            + " do a third of that for one client.",
        "Karst and etcd sync on a majority before they acknowledge. Redis syncs on the primary"
            + " (`appendfsync always`) and `WAIT 1` after each SET waits for one replica to have it"
            + " in memory; that is no majority vote, and a failover may lose it.",
        "etcd is spoken to over gRPC, on HTTP/2 connections to its leader, one a client, by a"
            + " client that does no more than it has to; its own `benchmark` is not needed.",
        "Reads that may be stale are asked of a node that follows: READONLY, etcd's serializable"
            + " reads, a replica.");
  }
}
