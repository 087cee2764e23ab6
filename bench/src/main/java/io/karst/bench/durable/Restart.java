package io.karst.bench.durable;

import io.karst.bench.harness.Contender;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Settling;
import io.karst.bench.load.KeyLoader;
import io.karst.bench.load.LoadTest;
import io.karst.bench.load.RedisBenchmark;
import io.karst.bench.report.Goal;
import io.karst.bench.report.Row;
import io.karst.bench.report.Series;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long it takes from the start of a process to the first right answer to a GET, when there are
/// many keys on disk: after a clean end, and after the process was killed while it had a history
/// that no checkpoint had yet.
///
/// Redis loads a snapshot, whether it was ended or killed; what came after that snapshot is lost.
final class Restart {
  private static final Goal CLEAN_GOAL = new Goal.AtMost(1000);
  private static final int QUIET_SECONDS_MAX = 60;

  /// One of so many keys is set anew before the server is killed: with ten millions half a million,
  /// about as many as Karst's history has at most before a checkpoint begins.
  private static final int REWRITTEN_PART = 20;

  private final Launcher launcher;
  private final DurablePlan plan;
  private final Progress progress;
  private final KeyLoader loader =
      new KeyLoader(LoadTest.GET.prefix(), "x".repeat(RedisBenchmark.VALUE_SIZE));
  private final Map<Contender, List<String>> options = new EnumMap<>(Contender.class);
  private final Series afterEnd = new Series();
  private final Series afterKill = new Series();
  private final Series ending = new Series();

  Restart(Launcher launcher, DurablePlan plan, Progress progress) {
    this.launcher = launcher;
    this.plan = plan;
    this.progress = progress;
  }

  List<Row> run(DataDirectory data) {
    plan.contenders().forEach(contender -> fill(contender, data.make("restart-" + contender)));
    for (int round = 0; round < plan.rounds(); round++) {
      progress.step(String.format(Locale.ROOT, "starts, round %d/%d:", round + 1, plan.rounds()));
      plan.contenders().forEach(this::measure);
    }
    progress.endLine();
    String keys = String.format(Locale.ROOT, "%,d keys", plan.restartKeys());
    return List.of(
        afterEnd.row("start to first GET", "after a clean end, " + keys, "ms", CLEAN_GOAL),
        afterKill.row("start to first GET", "after kill -9, " + keys, "ms", Goal.none()),
        ending.row("clean end", "SIGTERM to exit, " + keys, "ms", Goal.none()));
  }

  private void fill(Contender contender, Path directory) {
    progress.step(
        String.format(Locale.ROOT, "starts: %,d keys into %s", plan.restartKeys(), contender));
    options.put(contender, Durability.snapshotsIn(directory, contender));
    try (ServerProcess server = launcher.start(contender, options(contender))) {
      try (RespConnection connection = server.connect()) {
        loader.load(connection, plan.restartKeys());
      }
      Settling.awaitQuiet(server.pid(), QUIET_SECONDS_MAX);
      end(server);
    }
  }

  /// A clean end was before; another one follows.
  private void measure(Contender contender) {
    try (ServerProcess server = start(contender, afterEnd)) {
      rewriteSome(server);
      server.kill();
    }
    try (ServerProcess server = start(contender, afterKill)) {
      rewriteSome(server);
      ending.add(contender, end(server));
    }
  }

  private ServerProcess start(Contender contender, Series series) {
    int port = Launcher.freePort();
    ServerProcess server = launcher.launch(contender, port, options(contender));
    try {
      FirstAnswer first = new FirstAnswer(server, port, lastKey());
      double millis = first.await();
      series.add(contender, millis);
      progress.result(String.format(Locale.ROOT, "%s %.0f ms", contender, millis));
      server.awaitReady();
      return server;
    } catch (HarnessException e) {
      server.close();
      throw e;
    }
  }

  private void rewriteSome(ServerProcess server) {
    try (RespConnection connection = server.connect()) {
      loader.load(connection, plan.restartKeys() / REWRITTEN_PART);
    }
  }

  /// Ends it, and returns how long that took, in milliseconds.
  private static double end(ServerProcess server) {
    long begin = System.nanoTime();
    server.terminate();
    int code = server.awaitEnd();
    if (code != 0) {
      throw new HarnessException(
          server.name() + " has ended with code " + code + "; it said:\n" + server.latest());
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  private String lastKey() {
    return String.format(Locale.ROOT, "%s%012d", LoadTest.GET.prefix(), plan.restartKeys() - 1);
  }

  private List<String> options(Contender contender) {
    return new ArrayList<>(options.getOrDefault(contender, List.of()));
  }
}
