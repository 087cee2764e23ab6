package io.karst.server.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/// Some metrics, while they are put together. A counter's name is without `_total`, which the
/// format adds.
final class Family {
  private final List<MetricSnapshot> metrics = new ArrayList<>();

  List<MetricSnapshot> metrics() {
    return metrics;
  }

  void add(MetricSnapshot metric) {
    metrics.add(metric);
  }

  void gauge(String name, String help, long value) {
    gauge(name, help, (double) value);
  }

  void gauge(String name, String help, double value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    metrics.add(gauge.dataPoint(point(Labels.EMPTY, value)).build());
  }

  /// A number that is 1 or 0.
  void flag(String name, String help, boolean on) {
    gauge(name, help, on ? 1 : 0);
  }

  void counter(String name, String help, long value) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    metrics.add(counter.dataPoint(count(Labels.EMPTY, value)).build());
  }

  static GaugeDataPointSnapshot point(Labels labels, long value) {
    return point(labels, (double) value);
  }

  static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  static CounterDataPointSnapshot count(Labels labels, long value) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) value).build();
  }
}
