package io.karst.server.metrics;

import io.karst.engine.Counters.Counter;
import io.karst.engine.Engine;
import io.karst.server.info.MemoryNumbers;
import io.karst.server.info.Version;
import io.karst.server.session.Server;
import io.karst.server.session.Stats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/// Reads the server's counters whenever somebody asks. Thread-safe.
final class ServerCollector implements MultiCollector {
  private final Server server;

  ServerCollector(Server server) {
    this.server = server;
  }

  @Override
  public MetricSnapshots collect() {
    Family family = new Family();
    process(family);
    clients(family);
    memory(family);
    keys(family);
    CommandMetrics.add(server, family);
    DiskMetrics.add(server, family);
    ClusterMetrics.add(server, family);
    return new MetricSnapshots(family.metrics());
  }

  private void process(Family family) {
    Labels versions = Labels.of("version", Version.KARST, "redis_version", Version.REDIS);
    family.add(
        GaugeSnapshot.builder()
            .name("karst_build")
            .help("Which version runs.")
            .dataPoint(Family.point(versions, 1))
            .build());
    double upSeconds = (server.clock().wallMillis() - server.startedMillis()) / 1000.0;
    family.gauge("karst_uptime_seconds", "Since the start.", Math.max(0, upSeconds));
    family.gauge(
        "karst_slowlog_entries", "Commands in the slow log.", server.insight().slowLog().size());
  }

  private void clients(Family family) {
    Stats stats = server.stats();
    family.gauge("karst_clients_connected", "Connections.", server.sessions().count());
    family.gauge("karst_clients_max", "Connections there may be.", server.limits().clientsMax());
    family.gauge(
        "karst_clients_blocked",
        "Connections that wait for a key or a replica.",
        server.signal().waiting() + server.engine().waiters().count());
    family.counter(
        "karst_connections_accepted", "Connections accepted.", stats.connectionsReceived());
    family.counter(
        "karst_connections_refused", "Connections refused.", stats.connectionsRejected());
    family.counter(
        "karst_clients_cut_for_input",
        "Clients disconnected as they sent too much that is not complete.",
        stats.cutForInput());
    family.counter(
        "karst_clients_cut_for_output",
        "Clients disconnected as they did not take their replies.",
        stats.cutForOutput());
    family.counter(
        "karst_network_received_bytes", "Bytes read from clients.", stats.netInputBytes());
    family.counter("karst_network_sent_bytes", "Bytes sent to clients.", stats.netOutputBytes());
  }

  private void memory(Family family) {
    MemoryNumbers memory = MemoryNumbers.of(server);
    family.gauge("karst_memory_used_bytes", "Taken from the system for data.", memory.used());
    family.gauge("karst_memory_live_bytes", "In keys and tables.", memory.live());
    family.gauge("karst_memory_peak_bytes", "The most that was used.", memory.peak());
    family.gauge("karst_memory_limit_bytes", "What may be used.", memory.limit());
    family.gauge("karst_memory_resident_bytes", "Of the whole process.", memory.resident());
    family.gauge(
        "karst_memory_client_buffers_bytes",
        "In the buffers of connections.",
        MemoryNumbers.clientBuffers(server));
  }

  private void keys(Family family) {
    Engine engine = server.engine();
    GaugeSnapshot.Builder keys =
        GaugeSnapshot.builder().name("karst_keys").help("Keys in a database.");
    GaugeSnapshot.Builder expiring =
        GaugeSnapshot.builder().name("karst_keys_expiring").help("Keys that expire.");
    for (int database = 0; database < engine.databases(); database++) {
      if (database == 0 || engine.size(database) > 0) {
        Labels labels = Labels.of("db", Integer.toString(database));
        keys.dataPoint(Family.point(labels, engine.size(database)));
        expiring.dataPoint(Family.point(labels, engine.expiring(database)));
      }
    }
    family.add(keys.build());
    family.add(expiring.build());
    counter(family, "hits", "Reads of a key that exists.", Counter.HITS);
    counter(family, "misses", "Reads of a key that does not.", Counter.MISSES);
    counter(family, "changes", "Changes of keys.", Counter.CHANGES);
    counter(family, "expired", "Keys removed as they were due.", Counter.EXPIRED);
    counter(
        family,
        "expired_elements",
        "Elements of collections removed as they were due.",
        Counter.EXPIRED_ELEMENTS);
    counter(family, "evicted", "Keys removed to make room.", Counter.EVICTED);
    counter(family, "spilled", "Keys dropped from memory, as they are on disk.", Counter.SPILLED);
  }

  private void counter(Family family, String name, String help, Counter counter) {
    family.counter("karst_keyspace_" + name, help, server.engine().count(counter));
  }
}
