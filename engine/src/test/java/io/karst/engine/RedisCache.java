package io.karst.engine;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Redis's approximation of LRU and LFU, line for line as `evict.c` of Redis 7 has it, on numbers
/// instead of keys: a clock of 24 bits in seconds, or 16 bits of minutes and a counter of 8; five
/// samples for each victim; a pool of sixteen, in which nobody looks whether a key was used since.
final class RedisCache implements Trace.Cache {
  private static final int POOL_SIZE = 16;
  private static final int SAMPLES = 5;
  private static final int CLOCK_MAX = (1 << 24) - 1;
  private static final int NONE = -1;
  private static final int LFU_INIT_VAL = 5;
  private static final int LFU_LOG_FACTOR = 10;

  private final boolean lfu;
  private final int capacity;
  private final SplittableRandom random;

  /// The keys that are here, in no order, and where in that list each is.
  private final int[] keys;

  private final int[] places;
  private int size;
  private final int[] lru;
  private final int[] pool = new int[POOL_SIZE];
  private final long[] idles = new long[POOL_SIZE];
  private long now;

  RedisCache(boolean lfu, int capacity, int range, long seed) {
    this.lfu = lfu;
    this.capacity = capacity;
    this.random = new SplittableRandom(seed);
    keys = new int[capacity];
    places = new int[range];
    lru = new int[range];
    Arrays.fill(places, NONE);
    Arrays.fill(pool, NONE);
  }

  @Override
  public boolean ask(int key, long millis) {
    now = millis;
    if (places[key] != NONE) {
      lru[key] = lfu ? minutes() << 8 | increased(decreased(key)) : clock();
      return true;
    }
    if (size == capacity) {
      evict();
    }
    places[key] = size;
    keys[size++] = key;
    lru[key] = lfu ? minutes() << 8 | LFU_INIT_VAL : clock();
    return false;
  }

  private void evict() {
    int best = NONE;
    while (best == NONE) {
      populate();
      for (int k = POOL_SIZE - 1; k >= 0 && best == NONE; k--) {
        if (pool[k] != NONE) {
          best = places[pool[k]] == NONE ? NONE : pool[k];
          pool[k] = NONE;
        }
      }
    }
    int last = keys[--size];
    keys[places[best]] = last;
    places[last] = places[best];
    places[best] = NONE;
  }

  private void populate() {
    for (int j = 0; j < SAMPLES; j++) {
      int key = keys[random.nextInt(size)];
      long idle = lfu ? 255 - decreased(key) : idle(key);
      int k = 0;
      while (k < POOL_SIZE && pool[k] != NONE && idles[k] < idle) {
        k++;
      }
      if (k == 0 && pool[POOL_SIZE - 1] != NONE) {
        continue;
      }
      if (k == POOL_SIZE || pool[k] != NONE) {
        if (pool[POOL_SIZE - 1] == NONE) {
          move(k, k + 1, POOL_SIZE - k - 1);
        } else {
          k--;
          move(1, 0, k);
        }
      }
      pool[k] = key;
      idles[k] = idle;
    }
  }

  private void move(int from, int to, int count) {
    System.arraycopy(pool, from, pool, to, count);
    System.arraycopy(idles, from, idles, to, count);
  }

  private int clock() {
    return (int) (now / 1000) & CLOCK_MAX;
  }

  private long idle(int key) {
    int clock = clock();
    return clock >= lru[key] ? clock - lru[key] : clock + (CLOCK_MAX - lru[key]);
  }

  private int minutes() {
    return (int) (now / 60_000) & 0xffff;
  }

  private int decreased(int key) {
    int then = lru[key] >>> 8;
    int elapsed = minutes() >= then ? minutes() - then : 65535 - then + minutes();
    return Math.max(0, (lru[key] & 255) - elapsed);
  }

  private int increased(int counter) {
    if (counter == 255) {
      return 255;
    }
    double base = Math.max(0, counter - LFU_INIT_VAL);
    return random.nextDouble() < 1.0 / (base * LFU_LOG_FACTOR + 1) ? counter + 1 : counter;
  }
}
