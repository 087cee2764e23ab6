package io.karst.engine;

import io.karst.base.Clock;
import io.karst.base.Limits;
import io.karst.history.Log;

/// How an [Engine] is opened.
///
/// - `databases`: how many, at least 1.
/// - `memoryLimit`: native memory it may take from the operating system, in bytes.
/// - `stringLimit`: the longest string a command may make, in bytes.
/// - `clock`: the time; a test's own, or [Clock#system].
/// - `seed`: of the hash of keys and of `tx.random()`; secret, and new for each process.
/// - `storage`: where effects go, and where the keys are that are not in memory.
/// - `maintenance`: whether a thread removes due keys and compacts memory by itself; without it,
///   [Engine#expireDue] and [Engine#compact] are the caller's to call.
public record EngineOptions(
    int databases,
    long memoryLimit,
    int stringLimit,
    Clock clock,
    long seed,
    Storage storage,
    boolean maintenance) {

  /// Sixteen databases, no limit but the machine's, nothing on disk.
  public static EngineOptions defaults(long seed) {
    return new EngineOptions(
        16, Long.MAX_VALUE, Limits.STRING_SIZE_MAX, Clock.system(), seed, Storage.MEMORY, true);
  }

  public EngineOptions withDatabases(int count) {
    return new EngineOptions(count, memoryLimit, stringLimit, clock, seed, storage, maintenance);
  }

  public EngineOptions withMemoryLimit(long bytes) {
    return new EngineOptions(databases, bytes, stringLimit, clock, seed, storage, maintenance);
  }

  public EngineOptions withStringLimit(int bytes) {
    return new EngineOptions(databases, memoryLimit, bytes, clock, seed, storage, maintenance);
  }

  public EngineOptions withClock(Clock other) {
    return new EngineOptions(
        databases, memoryLimit, stringLimit, other, seed, storage, maintenance);
  }

  /// With a log that is open already, and no tier.
  public EngineOptions withLog(Log log) {
    return withStorage(Storage.ofLog(log));
  }

  public EngineOptions withStorage(Storage other) {
    return new EngineOptions(databases, memoryLimit, stringLimit, clock, seed, other, maintenance);
  }

  public EngineOptions withMaintenance(boolean on) {
    return new EngineOptions(databases, memoryLimit, stringLimit, clock, seed, storage, on);
  }
}
