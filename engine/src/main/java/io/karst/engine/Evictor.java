package io.karst.engine;

import io.karst.base.Fault;
import io.karst.eviction.AccessMeter;
import io.karst.eviction.EvictionPolicy;
import io.karst.eviction.EvictionPolicy.Order;
import io.karst.eviction.SlotDraw;
import io.karst.eviction.VictimPool;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.memory.Record;
import io.karst.memory.RecordTable;
import java.util.random.RandomGenerator;

/// Finds victims and takes them out, for one worker: the approximation of Redis.
///
/// For each victim some keys of a slot drawn at random are looked at; the best of all that were
/// seen are kept in a [VictimPool], and the best of those goes, if nothing has been done to it
/// since. Each look and each act is a transaction of its own, under the lock of one slot that is
/// free at once.
/// *Cost:* about a microsecond a victim; more if few of the keys may go.
///
/// Thread: its transaction's, between its transactions.
final class Evictor {
  /// Draws that bring nothing before it is given up.
  private static final int VAIN_MAX = 8;

  private static final int SAMPLES_MAX = 64;
  private static final int SLOT_BITS = 14;

  private final Engine engine;
  private final Eviction eviction;
  private final Keyspace keyspace;
  private final Tx tx;
  private final RandomGenerator random;
  private final VictimPool pool = new VictimPool();
  private final long[] found = new long[SAMPLES_MAX + RecordTable.SAMPLE_EXCESS];
  private final Key key = new Key();

  /// What the pool was filled by.
  private EvictionPolicy policy = EvictionPolicy.NOEVICTION;

  private AccessMeter meter = AccessMeter.ofRecency();
  private long now;

  /// Keys looked at and, of those, the ones that cannot be dropped as the tier does not have them.
  private int seen;

  private int dirty;

  /// What may go of the keys looked at for the next victim.
  private int candidates;

  Evictor(Engine engine, Tx tx, RandomGenerator random) {
    this.engine = engine;
    this.eviction = engine.eviction();
    this.keyspace = engine.keyspace();
    this.tx = tx;
    this.random = random;
  }

  /// Takes out up to `count` keys and returns how many it were; few or none if there are hardly any
  /// that may go, or if the disk takes no deletions.
  int evict(int count, long nowMillis) {
    begin(nowMillis);
    int taken = 0;
    try {
      for (int vain = 0; taken < count && vain < VAIN_MAX; ) {
        if (vain == VAIN_MAX / 2) {
          eviction.redraw(); // The keys may be elsewhere by now.
        }
        int more = mayEvict() ? evict() : 0;
        taken += more;
        vain = more == 0 ? vain + 1 : 0;
      }
    } catch (Fault.ReadOnly full) {
      return taken; // Nobody writes any more, so nobody needs room.
    }
    if (dirty > seen / 2) {
      engine.wantClean();
    }
    return taken;
  }

  private void begin(long nowMillis) {
    EvictionPolicy newPolicy = eviction.policy();
    AccessMeter newMeter = eviction.meter();
    if (newPolicy != policy || newMeter != meter) {
      policy = newPolicy;
      meter = newMeter;
      pool.clear();
    }
    now = nowMillis;
    seen = 0;
    dirty = 0;
  }

  /// Whether anything may go: of a store that follows another, what the tier has.
  private boolean mayEvict() {
    return policy == EvictionPolicy.SPILL || (policy.evicts() && !engine.following().on());
  }

  /// Takes out what is due of a sample, or else the best of the pool; returns how many that were.
  private int evict() {
    int wanted = policy.order() == Order.RANDOM ? 1 : Math.min(eviction.samples(), SAMPLES_MAX);
    candidates = 0;
    int taken = 0;
    for (int draws = 0; draws < wanted && candidates < wanted && taken == 0; draws++) {
      SlotDraw draw = eviction.draw();
      long place = draw.isEmpty() ? SlotDraw.NOWHERE : draw.draw(random);
      if (place != SlotDraw.NOWHERE) {
        taken = sample(SlotDraw.database(place), SlotDraw.slot(place), wanted - candidates);
      }
    }
    return taken > 0 ? taken : evictBest();
  }

  /// Fills the pool with what is in a slot; if the order is random, takes one out right away.
  private int sample(int index, int slot, int wanted) {
    if (!enter(slot)) {
      return 0;
    }
    try {
      Database data = keyspace.find(index);
      RecordTable table = data == null ? null : data.table(slot);
      if (table == null) {
        return 0;
      }
      boolean randomly = policy.order() == Order.RANDOM;
      int count = table.sample(random, policy.volatileOnly(), found, wanted);
      int taken = 0;
      for (int i = 0; i < count; i++) {
        taken += consider(index, slot, found[i], randomly);
      }
      return taken;
    } finally {
      tx.end();
    }
  }

  /// Puts a record into the pool, or takes it out; returns how many it took out.
  private int consider(int index, int slot, long record, boolean atOnce) {
    seen++;
    if (Record.due(record, now) && !engine.following().on()) {
      name(record, slot);
      return tx.records().removals.expired(index, key, record) ? 1 : 0;
    }
    if (policy == EvictionPolicy.SPILL && Record.dirty(record)) {
      dirty++;
      return 0;
    }
    candidates++;
    if (atOnce) {
      name(record, slot);
      return act(index, record) ? 1 : 0;
    }
    long score = score(record);
    if (pool.wants(score)) {
      name(record, slot);
      pool.add(score, (long) keyspace.id(index) << SLOT_BITS | slot, key.hash(), record);
    }
    return 0;
  }

  /// Takes out the best of the pool that is still what it was; returns how many that were.
  private int evictBest() {
    while (!pool.isEmpty()) {
      long score = pool.bestScore();
      long place = pool.bestPlace();
      long hash = pool.bestHash();
      long record = pool.bestRecord();
      pool.dropBest();
      int slot = SlotDraw.slot(place);
      if (enter(slot)) {
        try {
          int index = keyspace.indexOf((int) (place >>> SLOT_BITS));
          if (stands(index, slot, hash, record) && score(record) >= score && act(index, record)) {
            return 1;
          }
        } finally {
          tx.end();
        }
      }
    }
    return 0;
  }

  /// Whether a candidate is still in its table and may go; then `key` is its key.
  private boolean stands(int index, int slot, long hash, long record) {
    Database data = index < 0 ? null : keyspace.find(index);
    RecordTable table = data == null ? null : data.table(slot);
    if (table == null || !table.contains(hash, record) || Record.tombstone(record)) {
      return false;
    }
    name(record, slot);
    return !policy.volatileOnly() || Record.expires(record);
  }

  private boolean act(int index, long record) {
    if (!mayEvict()) {
      return false; // It has just begun to follow.
    }
    if (policy.order() == Order.RECENCY) {
      eviction.victimIdle(AccessMeter.idleMillis(Record.access(record), now));
    }
    if (policy == EvictionPolicy.SPILL) {
      return tx.records().residency().spill(index, key, record);
    }
    tx.records().removals.evict(index, key, record);
    return true;
  }

  private long score(long record) {
    return policy.order() == Order.EXPIRY
        ? -Record.expiry(record)
        : meter.score(Record.access(record), now);
  }

  private void name(long record, int slot) {
    key.set(Record.key(record), slot, keyspace.hasher());
  }

  private boolean enter(int slot) {
    tx.begin(now, 0);
    tx.slots().add(slot);
    if (tx.tryLock()) {
      return true;
    }
    tx.end();
    return false;
  }
}
