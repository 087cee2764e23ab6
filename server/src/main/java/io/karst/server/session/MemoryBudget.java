package io.karst.server.session;

import io.karst.engine.Engine;
import io.karst.engine.MemoryPlan;

/// Keeps the process within `maxmemory`: what clients' buffers take beyond their share is taken
/// from the keyspace, which evicts for it.
///
/// Thread-safe.
public final class MemoryBudget {
  /// Adjustments that are less than this part of the limit are not worth it.
  private static final int STEP_SHIFT = 7;

  private final Engine engine;
  private final Sessions sessions;
  private MemoryPlan plan;

  MemoryBudget(Engine engine, Sessions sessions) {
    this.engine = engine;
    this.sessions = sessions;
    plan = MemoryPlan.of(engine.memory().limitBytes(), false);
  }

  /// Divides the memory like this from now on.
  public synchronized void plan(MemoryPlan newPlan) {
    plan = newPlan;
    engine.eviction().limit(plan.keyspaceBeside(clientBytes()));
  }

  public synchronized MemoryPlan plan() {
    return plan;
  }

  /// Takes account of what clients' buffers take now.
  synchronized void adjust() {
    long wanted = plan.keyspaceBeside(clientBytes());
    long now = engine.memory().limitBytes();
    boolean back = wanted == plan.keyspace() && wanted != now;
    if (back || Math.abs(wanted - now) > now >>> STEP_SHIFT) {
      engine.eviction().limit(wanted);
    }
  }

  /// Bytes in the buffers of all connections.
  public long clientBytes() {
    long[] sum = {0};
    sessions.forEach(session -> sum[0] += session.memorySize());
    return sum[0];
  }
}
