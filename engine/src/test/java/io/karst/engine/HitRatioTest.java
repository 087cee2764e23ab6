package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.eviction.EvictionPolicy;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How many hits our LRU and LFU have, beside perfect ones and Redis's approximation. The figures
/// of docs/adr/0011 come from here: `-Dhits.length=1500000 -Dhits.range=100000`.
class HitRatioTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int LENGTH = Integer.getInteger("hits.length", 120_000);
  private static final int RANGE = Integer.getInteger("hits.range", 20_000);

  /// How much worse than Redis is still good enough, in percentage points.
  private static final double WORSE_MAX = 1;

  /// Part of the keys that fit into the cache, in percent, and requests a second.
  private record Setting(Trace trace, int percent) {
    int capacity() {
      return RANGE * percent / 100;
    }

    @Override
    public String toString() {
      return trace.name() + ", " + trace.perSecond() + "/s, " + percent + " %";
    }
  }

  static Stream<Setting> settings() {
    List<Trace> traces =
        List.of(
            Trace.zipfian(0.8, RANGE, LENGTH, 1_000, SEED),
            Trace.zipfian(0.99, RANGE, LENGTH, 1_000, SEED),
            Trace.zipfian(0.99, RANGE, LENGTH, 50_000, SEED),
            Trace.zipfian(1.2, RANGE, LENGTH, 1_000, SEED),
            Trace.scanning(0.99, RANGE, LENGTH, 1_000, SEED));
    return traces.stream().flatMap(trace -> Stream.of(1, 5, 20).map(p -> new Setting(trace, p)));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void recencyIsAsGoodAsRedis(Setting setting) {
    double perfect = setting.trace.hits(PerfectCaches.lru(setting.capacity()));
    compare(setting, EvictionPolicy.ALLKEYS_LRU, perfect);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void frequencyIsAsGoodAsRedis(Setting setting) {
    double perfect =
        setting.trace.hits(PerfectCaches.lfu(setting.capacity(), setting.trace.range()));
    compare(setting, EvictionPolicy.ALLKEYS_LFU, perfect);
  }

  private static void compare(Setting setting, EvictionPolicy policy, double perfect) {
    Trace trace = setting.trace;
    boolean lfu = policy.countsAccesses();
    double redis = trace.hits(new RedisCache(lfu, setting.capacity(), trace.range(), SEED));
    double spread = ours(setting, policy, 0);
    double tagged = ours(setting, policy, 3);
    System.out.printf(
        Locale.ROOT,
        "%-32s %-11s perfect %5.2f  redis %5.2f  karst %5.2f  in 3 slots %5.2f%n",
        setting,
        policy.directive(),
        perfect,
        redis,
        spread,
        tagged);
    assertThat(spread).isGreaterThan(redis - WORSE_MAX).isLessThan(perfect + WORSE_MAX);
    assertThat(tagged).isGreaterThan(redis - WORSE_MAX).isLessThan(perfect + WORSE_MAX);
  }

  private static double ours(Setting setting, EvictionPolicy policy, int slots) {
    int range = setting.trace.range();
    try (EngineCache cache = new EngineCache(policy, setting.capacity(), range, slots, SEED)) {
      return setting.trace.hits(cache);
    }
  }
}
