package io.karst.server.insight;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.server.insight.ProcessUsage.ProcessorTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/// One search for the keys that take the most time or traffic: each worker keeps a sketch of what
/// it has seen, which are put together when somebody asks. Thread-safe.
public final class HotKeySearch {
  private final HotKeyOptions options;
  private final Clock clock;
  private final long startMillis;
  private final List<HotKeySketch> sketches = new CopyOnWriteArrayList<>();
  private volatile long stopMillis;
  private volatile boolean stopped;
  private final ProcessorTime atStart = ProcessUsage.processorTime();
  private volatile ProcessorTime atStop = atStart;

  public HotKeySearch(HotKeyOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
    startMillis = clock.wallMillis();
    stopMillis =
        options.durationMillis() == 0 ? Long.MAX_VALUE : startMillis + options.durationMillis();
  }

  public HotKeyOptions options() {
    return options;
  }

  /// When it began, in milliseconds since 1970.
  public long startMillis() {
    return startMillis;
  }

  /// For how long it has gone on.
  public long durationMillis() {
    return Math.max(0, Math.min(stopMillis, clock.wallMillis()) - startMillis);
  }

  /// Whether it goes on.
  public boolean isActive() {
    if (!stopped && stopMillis != Long.MAX_VALUE && clock.wallMillis() >= stopMillis) {
      stop();
    }
    return !stopped;
  }

  /// What the process has used meanwhile.
  public ProcessorTime processorTime() {
    ProcessorTime end = isActive() ? ProcessUsage.processorTime() : atStop;
    return new ProcessorTime(
        end.userSeconds() - atStart.userSeconds(), end.systemSeconds() - atStart.systemSeconds());
  }

  /// Ends it; what was found stays.
  public synchronized void stop() {
    if (!stopped) {
      stopMillis = Math.min(stopMillis, clock.wallMillis());
      atStop = ProcessUsage.processorTime();
      stopped = true;
    }
  }

  /// A sketch for one worker.
  public HotKeySketch newSketch() {
    HotKeySketch sketch = new HotKeySketch(this, startMillis + sketches.size());
    sketches.add(sketch);
    return sketch;
  }

  /// What keys cost; or commands, all together.
  ///
  /// - `micros`: how long commands took; of a command with several keys each has an even share.
  /// - `size`: bytes of the words of commands and of their replies, shared in the same way.
  public record Cost(long micros, long size) {}

  /// A key, and what it costs: of commands that were looked at.
  public record HotKey(Bytes key, Cost cost) {}

  /// What commands have cost.
  ///
  /// - `all`: of every command; `selected`: with a key in one of the slots; `sampled`: of these,
  ///   those that were looked at.
  public record Totals(Cost all, Cost selected, Cost sampled) {}

  public Totals totals() {
    long[] sums = new long[HotKeySketch.TOTALS];
    sketches.forEach(sketch -> sketch.addTotals(sums));
    return new Totals(
        new Cost(sums[0] / 1000, sums[1]),
        new Cost(sums[2] / 1000, sums[3]),
        new Cost(sums[4] / 1000, sums[5]));
  }

  /// Those that took the most time, the hottest first.
  public List<HotKey> byTime() {
    return hottest(Cost::micros);
  }

  /// Those with the most traffic, the hottest first.
  public List<HotKey> byTraffic() {
    return hottest(Cost::size);
  }

  private List<HotKey> hottest(ToLongFunction<Cost> measure) {
    Map<Bytes, long[]> sums = new HashMap<>();
    sketches.forEach(sketch -> sketch.addKeys(sums));
    List<HotKey> keys = new ArrayList<>();
    sums.forEach((key, sum) -> keys.add(new HotKey(key, new Cost(sum[0] / 1000, sum[1]))));
    keys.sort(Comparator.comparingLong((HotKey key) -> measure.applyAsLong(key.cost())).reversed());
    return List.copyOf(keys.subList(0, Math.min(options.count(), keys.size())));
  }
}
