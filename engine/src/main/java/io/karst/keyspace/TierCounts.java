package io.karst.keyspace;

import io.karst.base.Limits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// What a database with a disk tier counts of each slot besides what is in memory.
///
/// - *dirty*: records and tombstones that the tier does not have as they are.
/// - *cold*, *coldExpiring*: keys that only the tier has, and those of them with an expiry.
/// - *stored*, *storedExpiring*: keys that the tier has, in memory or not.
/// - *drops*: how often something was dropped from memory because the tier has it. As long as that
///   stands still, what the tier said of a key that is not in memory is still true. No number that
///   stood here before a store was taken back ([Keyspace#forget]) stands here after.
///
/// Threads: written under the slot's lock, `stored` by the checkpoint alone; read by anyone, and
/// then a moment old.
public final class TierCounts {
  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

  private final int[] dirty = new int[Limits.SLOTS];
  private final int[] cold = new int[Limits.SLOTS];
  private final int[] coldExpiring = new int[Limits.SLOTS];
  private final int[] stored;
  private final int[] storedExpiring;
  private final int[] drops = new int[Limits.SLOTS];

  /// How often the store had been taken back when this was made.
  private final int era;

  private volatile boolean everCold;

  /// Nothing is in memory yet, and the tier has what these arrays say.
  TierCounts(int[] stored, int[] storedExpiring, int era) {
    this.era = era;
    this.stored = stored.clone();
    this.storedExpiring = storedExpiring.clone();
    System.arraycopy(stored, 0, cold, 0, cold.length);
    System.arraycopy(storedExpiring, 0, coldExpiring, 0, coldExpiring.length);
    everCold = Arrays.stream(stored).anyMatch(keys -> keys > 0);
  }

  /// Whether any key has ever been only in the tier; never false again.
  public boolean everCold() {
    return everCold;
  }

  public int dirty(int slot) {
    return get(dirty, slot);
  }

  public int cold(int slot) {
    return get(cold, slot);
  }

  public int coldExpiring(int slot) {
    return get(coldExpiring, slot);
  }

  public long drops(int slot) {
    return (long) era << Integer.SIZE | Integer.toUnsignedLong(get(drops, slot));
  }

  /// A copy of all that [#drops] says.
  public long[] allDrops() {
    long[] copy = new long[Limits.SLOTS];
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      copy[slot] = drops(slot);
    }
    return copy;
  }

  public int stored(int slot) {
    return get(stored, slot);
  }

  public int storedExpiring(int slot) {
    return get(storedExpiring, slot);
  }

  public long dirty() {
    return sum(dirty);
  }

  public long cold() {
    return sum(cold);
  }

  public long stored() {
    return sum(stored);
  }

  /// Notes what the tier has of a slot now. The checkpoint's.
  public void stored(int slot, int keys, int expiring) {
    INTS.setOpaque(stored, slot, keys);
    INTS.setOpaque(storedExpiring, slot, expiring);
  }

  void addDirty(int slot, int count) {
    add(dirty, slot, count);
  }

  void addCold(int slot, int keys, boolean expiring) {
    if (keys > 0 && !everCold) {
      everCold = true;
    }
    add(cold, slot, keys);
    if (expiring) {
      add(coldExpiring, slot, keys);
    }
  }

  void dropped(int slot) {
    add(drops, slot, 1);
  }

  private static void add(int[] counts, int slot, int count) {
    INTS.setOpaque(counts, slot, counts[slot] + count);
  }

  private static int get(int[] counts, int slot) {
    return (int) INTS.getOpaque(counts, slot);
  }

  private static long sum(int[] counts) {
    long sum = 0;
    for (int slot = 0; slot < Limits.SLOTS; slot++) {
      sum += get(counts, slot);
    }
    return sum;
  }
}
