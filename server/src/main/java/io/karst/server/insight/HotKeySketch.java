package io.karst.server.insight;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyPositions;
import io.karst.keyspace.Key;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What one worker has seen of keys during a search: sums by key, of a bounded number of keys.
///
/// When there are too many, those go that are neither in the upper quarter by time nor by traffic;
/// one that comes back begins at 0. So a key that is hot all along is exact, and one that becomes
/// hot late misses at most what it had when it went.
///
/// Written by its worker, read by who asks: the lock is free as a rule.
public final class HotKeySketch {
  /// Time and traffic of all commands, of those in the selected slots, of those sampled.
  static final int TOTALS = 6;

  private static final int KEYS_MAX = 4096;

  private final HotKeySearch search;
  private final @Nullable BitSet slots;
  private final int ratio;
  private final SplittableRandom random;
  private final KeyPositions positions = new KeyPositions();
  private final Map<Bytes, long[]> keys = new HashMap<>();
  private final long[] totals = new long[TOTALS];

  HotKeySketch(HotKeySearch search, long seed) {
    this.search = search;
    slots = search.options().slots();
    ratio = search.options().ratio();
    random = new SplittableRandom(seed);
  }

  public HotKeySearch search() {
    return search;
  }

  /// A command has run.
  ///
  /// - `keyed`: whether it names keys.
  /// - `size`: bytes of its reply.
  public synchronized void ran(Command command, boolean keyed, Args args, long nanos, long size) {
    long traffic = args.size() + size;
    add(0, nanos, traffic);
    if (!keyed) {
      return;
    }
    positions.clear();
    command.keyPositions(args, positions);
    if (!isSelected(args)) {
      return;
    }
    add(2, nanos, traffic);
    if (ratio == 1 || random.nextInt(ratio) == 0) {
      add(4, nanos, traffic);
      int count = positions.count();
      for (int i = 0; i < count; i++) {
        Key key = args.key(positions.at(i));
        if (slots == null || slots.get(key.slot())) {
          add(key.bytes(), nanos / count, traffic / count);
        }
      }
    }
  }

  private boolean isSelected(Args args) {
    for (int i = 0; i < positions.count(); i++) {
      if (slots == null || slots.get(args.key(positions.at(i)).slot())) {
        return true;
      }
    }
    return false;
  }

  private void add(int total, long nanos, long traffic) {
    totals[total] += nanos;
    totals[total + 1] += traffic;
  }

  private void add(Bytes key, long nanos, long traffic) {
    long[] sums = keys.get(key);
    if (sums == null) {
      if (keys.size() == KEYS_MAX) {
        prune();
      }
      sums = new long[2];
      keys.put(key.copy(), sums);
    }
    sums[0] += nanos;
    sums[1] += traffic;
  }

  private void prune() {
    long time = quartile(0);
    long traffic = quartile(1);
    keys.values().removeIf(sums -> sums[0] <= time && sums[1] <= traffic);
    if (keys.size() == KEYS_MAX) {
      keys.clear(); // They are all alike.
    }
  }

  private long quartile(int measure) {
    long[] sorted = keys.values().stream().mapToLong(sums -> sums[measure]).sorted().toArray();
    return sorted[sorted.length * 3 / 4];
  }

  synchronized void addTotals(long[] sums) {
    Arrays.setAll(sums, i -> sums[i] + totals[i]);
  }

  synchronized void addKeys(Map<Bytes, long[]> sums) {
    keys.forEach((key, own) -> {
      long[] sum = sums.computeIfAbsent(key, fresh -> new long[2]);
      sum[0] += own[0];
      sum[1] += own[1];
    });
  }
}
