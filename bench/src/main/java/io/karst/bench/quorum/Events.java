package io.karst.bench.quorum;

import io.karst.bench.cluster.Node;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.Progress;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Rounds;
import io.karst.bench.report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What happens to clients of Karst while leaders are killed, and while a fourth node joins.
///
/// - `clients`: how many write meanwhile.
record Events(KarstTrio trio, int clients, Progress progress) {
  private static final double FAILOVER_SECONDS_MAX = 3;
  private static final int SETTLE_MILLIS = 2000;
  private static final String MILLIS = "ms";

  /// The time from a kill of the leader to the next write that is acknowledged.
  Row failover(int times) {
    progress.step("Karst, leaders killed:");
    double[] seconds = new double[times];
    Seeds seeds = new Seeds();
    for (int i = 0; i < times; i++) {
      try (Watch watch = new Watch(trio.ports(), clients, seeds)) {
        Pause.millis(SETTLE_MILLIS);
        Node leader = trio.leader();
        watch.reset();
        leader.kill();
        trio.leader();
        Pause.millis(SETTLE_MILLIS);
        seconds[i] = watch.worstMillis() / 1000;
        progress.result(String.format(Locale.ROOT, "%.2f s", seconds[i]));
        leader.launch();
        leader.awaitReady();
        KarstTrio.awaitReads(leader);
      }
    }
    return new Row(
        "failover",
        "kill -9 to the next write, median of " + times,
        "s",
        null,
        new Rounds(seconds),
        new Goal.AtMost(FAILOVER_SECONDS_MAX));
  }

  /// A fourth node.
  List<Row> joining() {
    progress.step("Karst, a fourth node joins:");
    try (Watch watch = new Watch(trio.ports(), clients, new Seeds())) {
      Pause.millis(SETTLE_MILLIS);
      watch.reset();
      long beginNanos = System.nanoTime();
      trio.spare().launch();
      trio.spare().awaitReady();
      KarstTrio.awaitReads(trio.spare());
      double seconds = (System.nanoTime() - beginNanos) / 1e9;
      Pause.millis(SETTLE_MILLIS);
      List<Row> rows = new ArrayList<>();
      rows.add(row("start to its first read", "s", seconds, Goal.none()));
      rows.add(row("errors of clients", "", (double) watch.errors(), new Goal.AtMost(0)));
      rows.add(row("worst pause of writes", MILLIS, watch.worstMillis(), Goal.none()));
      progress.result(String.format(Locale.ROOT, "%.1f s", seconds));
      return rows;
    }
  }

  private static Row row(String subject, String unit, double value, Goal goal) {
    return new Row("a fourth node joins", subject, unit, null, new Rounds(value), goal);
  }
}
