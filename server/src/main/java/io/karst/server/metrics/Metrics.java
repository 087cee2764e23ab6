package io.karst.server.metrics;

import io.karst.server.session.Server;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// All metrics: Karst's own, read from its counters when somebody asks, and the JVM's.
///
/// Thread-safe.
public final class Metrics implements AutoCloseable {
  /// The content type of [#text].
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics collections = new JvmGcMetrics();

  public Metrics(Server server) {
    PrometheusRegistry collectors = new PrometheusRegistry();
    collectors.register(new ServerCollector(server));
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /// Every metric as it is now, in Prometheus's text format.
  public String text() {
    return registry.scrape(TYPE);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
