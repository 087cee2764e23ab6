package io.karst.engine;

/// How `maxmemory` is divided, in bytes: the promise is one about the process, not about the keys
/// alone. What the Java machine itself takes comes on top.
///
/// With a disk tier an eighth is for its cache, within bounds, and some is left for the buffers of
/// clients; the rest is the keyspace's. If clients hold more than that, it is taken from the
/// keyspace, half of which they cannot have. No share falls when there is more to divide.
///
/// - `keyspace`: native memory of keys, values and tables.
/// - `tier`: the caches of the disk tier, memtables included; 0 if there is none.
/// - `memtables`: of `tier`, what memtables may take.
/// - `reserve`: buffers of clients, and copies on their way to the tier.
public record MemoryPlan(long keyspace, long tier, long memtables, long reserve) {
  private static final long MB = 1 << 20;

  /// Shares are multiples of this part, so that none falls for a byte more.
  private static final long PARTS = 64;

  private static final long TIER_MIN = 16 * MB;
  private static final long TIER_MAX = 512 * MB;
  private static final long MEMTABLES_MIN = 4 * MB;
  private static final long MEMTABLES_MAX = 48 * MB;
  private static final long RESERVE_MIN = MB;
  private static final long RESERVE_MAX = 64 * MB;

  /// Divides so many bytes, at least 0.
  ///
  /// - `tiered`: whether there is a disk tier.
  public static MemoryPlan of(long bytes, boolean tiered) {
    if (!tiered) {
      return new MemoryPlan(bytes, 0, 0, 0);
    }
    long whole = bytes / PARTS * PARTS;
    long tier = Math.min(whole / 4, Math.clamp(whole / 8, TIER_MIN, TIER_MAX));
    long memtables = Math.min(tier / 2, Math.clamp(whole / 16, MEMTABLES_MIN, MEMTABLES_MAX));
    long reserve = Math.min(whole / 16, Math.clamp(whole / 32, RESERVE_MIN, RESERVE_MAX));
    return new MemoryPlan(whole - tier - reserve, tier, memtables, reserve);
  }

  /// Divides another number of bytes, while the tier keeps what it has.
  public MemoryPlan resized(long bytes) {
    MemoryPlan fresh = of(bytes, tier > 0);
    long rest = Math.max(bytes / 4, bytes - tier - fresh.reserve);
    return new MemoryPlan(rest, tier, memtables, fresh.reserve);
  }

  /// What the keyspace may take while the buffers of clients take `clientBytes`.
  public long keyspaceBeside(long clientBytes) {
    return Math.max(keyspace / 2, keyspace - Math.max(0, clientBytes - reserve));
  }
}
