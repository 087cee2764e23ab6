package io.karst.server.info;

import io.karst.engine.DiskStatus;
import io.karst.engine.MemoryPlan;
import io.karst.engine.Reclaimed;
import io.karst.server.config.Machine;
import io.karst.server.config.MemoryDirectives;
import io.karst.server.config.MemoryLimit;
import io.karst.server.session.Server;
import java.util.Locale;

/// `Memory`: what the allocator counts, exactly, and what the operating system sees.
final class MemorySection {
  private MemorySection() {}

  static void memory(Server server, InfoText text) {
    MemoryNumbers memory = MemoryNumbers.of(server);
    text.bytes("used_memory", memory.used());
    text.bytes("used_memory_rss", memory.resident());
    text.bytes("used_memory_peak", memory.peak());
    text.field("used_memory_peak_perc", percent(memory.used(), memory.peak()));
    text.field("used_memory_overhead", memory.slack());
    text.field("used_memory_startup", memory.startup());
    text.field("used_memory_dataset", memory.live());
    text.field("used_memory_dataset_perc", percent(memory.live(), memory.used()));
    text.field("allocator_allocated", memory.live());
    text.field("allocator_active", memory.used());
    text.field("allocator_resident", memory.used());
    text.bytes("total_system_memory", memory.machine());
    limits(server, text);
    text.ratio("allocator_frag_ratio", memory.slackRatio());
    text.field("allocator_frag_bytes", memory.slack());
    text.ratio("allocator_rss_ratio", 1); // What is taken from the system counts as resident.
    text.field("allocator_rss_bytes", 0);
    text.ratio("rss_overhead_ratio", memory.residentRatio());
    text.field("rss_overhead_bytes", memory.resident() - memory.used());
    text.ratio("mem_fragmentation_ratio", memory.residentRatio());
    text.field("mem_fragmentation_bytes", memory.resident() - memory.used());
    text.field("mem_clients_normal", MemoryNumbers.clientBuffers(server));
    text.field("mem_clients_slaves", 0);
    text.field("mem_replication_backlog", 0);
    text.field("mem_total_replication_buffers", 0);
    text.field("mem_cluster_links", 0);
    text.field("mem_aof_buffer", 0); // The history is a mapped file.
    DiskStatus disk = server.engine().diskStatus();
    if (disk.tiered()) {
      text.field("lsm_cache_size", disk.tier().cacheSize());
      text.field("lsm_memtable_size", disk.tier().tableSize());
      text.field("lsm_index_size", disk.tier().indexSize());
    }
    ScriptFigures.memory(server, text);
    text.field("mem_allocator", "karst-slab");
    Reclaimed reclaimed = server.engine().reclaimed();
    text.field("lazyfree_pending_objects", reclaimed.pendingObjects());
    text.field("lazyfreed_objects", reclaimed.freedObjects());
    text.field("jvm_heap_used", memory.heap().used());
    text.field("jvm_heap_committed", memory.heap().committed());
    text.field("jvm_heap_max", memory.heap().max());
  }

  private static void limits(Server server, InfoText text) {
    MemoryLimit limit = server.config().value(MemoryDirectives.MAXMEMORY);
    MemoryPlan plan = server.memory().plan();
    text.bytes("maxmemory", limit.effectiveBytes(Machine.current()));
    text.field("maxmemory_source", limit.bytes() == 0 ? "automatic" : "configured");
    text.field("maxmemory_policy", server.engine().eviction().policy().directive());
    text.field("maxmemory_keyspace", server.engine().memory().limitBytes());
    text.field("maxmemory_lsm", plan.tier());
    text.field("maxmemory_reserve", plan.reserve());
    text.field("maxmemory_headroom", server.engine().eviction().headroomBytes());
    text.field("mem_not_counted_for_evict", 0);
  }

  private static String percent(long part, long whole) {
    double percent = whole == 0 ? 100 : 100.0 * part / whole;
    return String.format(Locale.ROOT, "%.2f%%", percent);
  }
}
