package io.karst.server.info;

import io.karst.memory.Allocator;
import io.karst.server.config.Machine;
import io.karst.server.insight.ProcessUsage;
import io.karst.server.session.Server;

/// The memory of the process, at one moment, in bytes. `INFO memory` and `MEMORY STATS` are made of
/// these.
///
/// - `used`: taken from the operating system for the data: what `maxmemory` limits.
/// - `live`: of that, what keys and tables take.
/// - `peak`: the most that was `used`, as seen ten times a second.
/// - `startup`: what was `used` before the first connection.
/// - `resident`: of the whole process, JVM and all.
/// - `limit`: what `used` may become: the keyspace's share of `maxmemory`.
/// - `machine`: what the machine, or the container, has.
/// - `heap`: the Java heap, which holds no data.
public record MemoryNumbers(
    long used,
    long live,
    long peak,
    long startup,
    long resident,
    long limit,
    long machine,
    Heap heap) {

  /// The Java heap.
  public record Heap(long used, long committed, long max) {
    static Heap now() {
      Runtime runtime = Runtime.getRuntime();
      long committed = runtime.totalMemory();
      return new Heap(committed - runtime.freeMemory(), committed, runtime.maxMemory());
    }
  }

  public static MemoryNumbers of(Server server) {
    Allocator memory = server.engine().memory();
    long used = memory.totalBytes();
    return new MemoryNumbers(
        used,
        Math.min(used, memory.liveBytes()),
        Math.max(used, server.rates().peakMemoryBytes()),
        server.rates().startupMemoryBytes(),
        ProcessUsage.residentBytes(),
        memory.limitBytes(),
        Machine.current().memoryBytes(),
        Heap.now());
  }

  /// Of `used`, what is neither key nor table: rounding, free blocks, bookkeeping.
  public long slack() {
    return used - live;
  }

  /// Resident memory by `used`: with little data mostly what the JVM takes.
  public double residentRatio() {
    return used == 0 ? 0 : (double) resident / used;
  }

  /// `used` by `live`: how much of the memory taken is not needed.
  public double slackRatio() {
    return live == 0 ? 1 : (double) used / live;
  }

  /// Bytes in the buffers of all connections.
  public static long clientBuffers(Server server) {
    return server.memory().clientBytes();
  }
}
