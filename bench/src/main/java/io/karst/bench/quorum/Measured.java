package io.karst.bench.quorum;

import io.karst.bench.harness.Progress;
import io.karst.bench.quorum.Clients.Figures;
import io.karst.bench.quorum.Trio.Request;
import io.karst.bench.report.Rounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The figures of one trio.
final class Measured {
  static final Keys KEYS = Keys.of(10_000, 64);

  /// For reads.
  static final int READERS = 128;

  private static final int FILLERS = 64;

  /// They write for so many times as long as a run takes, before the first.
  private static final int WARMERS = 16;

  private static final int WARM_UP_RUNS = 6;

  private final Map<Run, List<Figures>> figures = new LinkedHashMap<>();

  /// What is measured at once.
  record Run(Request request, int clients) {}

  /// Measures everything.
  static Measured of(Trio trio, QuorumPlan plan, Progress progress) {
    Measured measured = new Measured();
    progress.step(trio.title() + ", filling");
    Keys inOrder = KEYS.inOrder();
    Clients.each(
        () -> trio.talker(Request.WRITE, inOrder), FILLERS, Math.ceilDiv(KEYS.count(), FILLERS));
    progress.step(trio.title() + ", warming up");
    Clients.run(
        () -> trio.talker(Request.WRITE, KEYS), WARMERS, (double) WARM_UP_RUNS * plan.seconds());
    for (Run run : runs(plan)) {
      if (trio.offers(run.request)) {
        progress.step(trio.title() + ", " + run.request + ", " + run.clients + " clients:");
        for (int i = 0; i < plan.rounds(); i++) {
          Figures one =
              Clients.run(() -> trio.talker(run.request, KEYS), run.clients, plan.seconds());
          progress.result(String.format(Locale.ROOT, "%,.0f/s", one.perSecond()));
          measured.figures.computeIfAbsent(run, _ -> new ArrayList<>()).add(one);
        }
      }
    }
    return measured;
  }

  static List<Run> runs(QuorumPlan plan) {
    List<Run> runs = new ArrayList<>();
    plan.clients().forEach(count -> runs.add(new Run(Request.WRITE, count)));
    runs.add(new Run(Request.READ, READERS));
    runs.add(new Run(Request.STALE_READ, READERS));
    return runs;
  }

  /// Null if it was not measured.
  @Nullable Rounds perSecond(Run run) {
    List<Figures> list = figures.get(run);
    return list == null
        ? null
        : new Rounds(list.stream().mapToDouble(Figures::perSecond).toArray());
  }

  /// Null if it was not measured.
  @Nullable Rounds p99Millis(Run run) {
    List<Figures> list = figures.get(run);
    return list == null
        ? null
        : new Rounds(list.stream().mapToDouble(Figures::p99Millis).toArray());
  }
}
