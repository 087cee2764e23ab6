package io.karst.server.metrics;

import io.karst.commands.Command;
import io.karst.server.insight.LatencyHistogram;
import io.karst.server.session.Server;
import io.karst.server.session.Stats;
import io.karst.server.session.Stats.CommandCount;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/// What commands did and how long they took, by command, and errors by their first word.
final class CommandMetrics {
  /// The upper ends of the buckets, in microseconds.
  private static final long[] BOUNDS = {
    1, 4, 16, 64, 256, 1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000
  };

  private static final double MICROS_PER_SECOND = 1e6;

  private final Stats.Commands counts;
  private final CounterSnapshot.Builder calls = counter("calls", "Calls of a command.");
  private final CounterSnapshot.Builder failed = counter("failed", "Calls that ended in an error.");
  private final CounterSnapshot.Builder rejected =
      counter("rejected", "Calls refused before they ran.");
  private final HistogramSnapshot.Builder durations =
      HistogramSnapshot.builder()
          .name("karst_command_duration_seconds")
          .help("How long a command took, without the network.");

  private CommandMetrics(Stats.Commands counts) {
    this.counts = counts;
  }

  static void add(Server server, Family family) {
    CommandMetrics metrics = new CommandMetrics(server.stats().commands());
    server.commands().all().forEach(metrics::add);
    family.add(metrics.calls.build());
    family.add(metrics.failed.build());
    family.add(metrics.rejected.build());
    family.add(metrics.durations.build());
    CounterSnapshot.Builder errors =
        CounterSnapshot.builder().name("karst_errors").help("Error replies by their first word.");
    server
        .stats()
        .errors()
        .forEach(
            (prefix, count) -> errors.dataPoint(Family.count(Labels.of("error", prefix), count)));
    family.add(errors.build());
  }

  private static CounterSnapshot.Builder counter(String name, String help) {
    return CounterSnapshot.builder().name("karst_command_" + name).help(help);
  }

  private void add(Command command) {
    CommandCount count = counts.count(command.index());
    if (count.calls() + count.rejected() > 0) {
      Labels labels = Labels.of("command", command.fullName());
      calls.dataPoint(Family.count(labels, count.calls()));
      failed.dataPoint(Family.count(labels, count.failed()));
      rejected.dataPoint(Family.count(labels, count.rejected()));
      LatencyHistogram times = counts.latencies(command.index());
      if (times.count() > 0) {
        durations.dataPoint(durations(labels, times, count.micros()));
      }
    }
    command.subcommands().forEach(this::add);
  }

  private static HistogramDataPointSnapshot durations(
      Labels labels, LatencyHistogram times, long micros) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    long below = 0;
    for (long bound : BOUNDS) {
      long upTo = times.countUpTo(bound * 1000);
      buckets.bucket(bound / MICROS_PER_SECOND, upTo - below);
      below = upTo;
    }
    buckets.bucket(Double.POSITIVE_INFINITY, times.count() - below);
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(buckets.build())
        .sum(micros / MICROS_PER_SECOND)
        .build();
  }
}
