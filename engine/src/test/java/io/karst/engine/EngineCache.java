package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.eviction.EvictionPolicy;
import io.karst.keyspace.Key;
import io.karst.memory.Record;

/// The engine as a cache of so many keys: its own clock, counters, samples and pool.
final class EngineCache implements Trace.Cache, AutoCloseable {
  private static final Bytes VALUE = Bytes.utf8("value");

  private final ManualClock clock = new ManualClock();
  private final long begin = clock.wallMillis();
  private final Engine engine;
  private final Tx tx;
  private final int capacity;
  private final Key[] keys;
  private int size;

  /// - `slots`: of how many tags the keys have one each; with 0 they have none.
  EngineCache(EvictionPolicy policy, int capacity, int range, int slots, long seed) {
    this.capacity = capacity;
    engine = Engine.open(EngineOptions.defaults(seed).withClock(clock).withMaintenance(false));
    engine.eviction().policy(policy);
    tx = engine.newTx();
    keys = new Key[range];
    for (int key = 0; key < range; key++) {
      keys[key] = Key.of((slots == 0 ? "" : "{" + key % slots + "}") + "key:" + key);
    }
  }

  @Override
  public boolean ask(int number, long millis) {
    clock.advance(begin + millis - clock.wallMillis());
    Key key = keys[number];
    tx.begin(clock.wallMillis(), 0);
    tx.slots().add(key.slot());
    tx.lock();
    boolean hit;
    try {
      hit = tx.string(key) != null;
      if (!hit) {
        tx.putString(key, VALUE, Record.NO_EXPIRY);
        size++;
      }
    } finally {
      tx.end();
    }
    while (size > capacity) {
      size -= tx.evictor().evict(1, clock.wallMillis());
    }
    return hit;
  }

  @Override
  public void close() {
    tx.close();
    engine.close();
  }
}
