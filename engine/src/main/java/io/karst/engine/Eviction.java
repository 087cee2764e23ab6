package io.karst.engine;

import io.karst.base.Fault;
import io.karst.eviction.AccessMeter;
import io.karst.eviction.EvictionPolicy;
import io.karst.eviction.SlotDraw;
import io.karst.memory.Allocator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// What goes when memory is short, and when.
///
/// What counts is the memory of blocks in use ([Allocator#usedBytes]), against the marks of
/// [MemoryMarks]. A thread of its own keeps it at the low mark, and compacts what other sizes need.
/// Where writers are faster, they help: above the high mark each command that may need memory takes
/// out some keys first, a few more the nearer the limit is, on its event loop ([#relieve]). A
/// command that finds no block all the same leaves the event loop and makes room, by evicting and
/// by compacting, before it is tried again ([#makeRoom]). Without pressure all of this costs two
/// loads a command.
///
/// *Spilling.* With [EvictionPolicy#SPILL] only what the disk tier has can go. When too little is
/// clean the checkpoint is asked for more, and writers are held back meanwhile, the longer the
/// nearer the limit is ([#admit], [Pressure]).
///
/// *Beyond the limit.* What has to be possible without any room, reads of what is on disk above
/// all, is, for one command at a time ([Overdraft]).
///
/// Thread-safe; the transactions that are handed in are the caller's, and not begun.
public final class Eviction implements AutoCloseable {
  public static final int SAMPLES = 5;

  /// Keys evicted in the name of one command at the limit, and of one group of commands at all.
  private static final int PER_COMMAND_MAX = 16;

  private static final int PER_CALL_MAX = 64;

  /// One command weighs as much as a kilobyte.
  private static final int WEIGHT_SHIFT = 10;

  /// How often a command is tried again, with and without room for it.
  private static final int ATTEMPTS_MAX = 8;

  private static final long PERIOD_MILLIS = 100;
  private static final long DRAW_NANOS = 100_000_000;

  /// Slots are counted again after as many draws as this part of their weight.
  private static final int DRAWS_SHARE = 4;

  /// How long event loops do not look for victims after they found none.
  private static final long BARREN_MILLIS = 10;

  /// Of a victim's idle time, how much a record that comes from disk is given.
  private static final double PROBATION = 0.9;

  /// The weight of one victim in the mean of their idle times: 1/64.
  private static final int MEAN_SHIFT = 6;

  private final Engine engine;
  private final Allocator memory;
  private final RoomMaker rooms;
  private final Pressure pressure;
  private final Overdraft overdraft;
  private final Background thread = new Background("karst-eviction");
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final ReentrantLock drawing = new ReentrantLock();

  private volatile EvictionPolicy policy = EvictionPolicy.NOEVICTION;
  private volatile AccessMeter meter = AccessMeter.ofRecency();
  private volatile int samples = SAMPLES;
  private volatile MemoryMarks marks = MemoryMarks.of(Long.MAX_VALUE);

  /// Above this there is something to do.
  private volatile long threshold = Long.MAX_VALUE;

  private volatile boolean threaded;
  private volatile SlotDraw draw;
  private volatile long drawnNanos;
  private int draws; // Some are lost when several draw.
  private volatile long barrenUntilMillis;
  private volatile long meanIdleMillis;
  private volatile long exceededMillis;
  private volatile long exceededSinceMillis;
  private int logFactor = AccessMeter.LOG_FACTOR;
  private int decayMinutes = AccessMeter.DECAY_MINUTES;

  Eviction(Engine engine) {
    this.engine = engine;
    memory = engine.memory();
    rooms = new RoomMaker(engine, this);
    pressure = new Pressure(engine, this, rooms);
    overdraft = new Overdraft(memory, this, rooms);
    draw = new SlotDraw(engine.keyspace(), false, samples);
    drawnNanos = engine.clock().monotonicNanos();
  }

  /// Looks after memory from now on.
  void start() {
    threaded = true;
    thread.every(PERIOD_MILLIS, this::restore);
  }

  // ---- what is configured ----

  public EvictionPolicy policy() {
    return policy;
  }

  /// Changes the policy. What is known of accesses is read in the new way from then on.
  ///
  /// - throws [IllegalArgumentException] for [EvictionPolicy#SPILL] without a disk tier.
  public synchronized void policy(EvictionPolicy newPolicy) {
    if (newPolicy == EvictionPolicy.SPILL && !engine.tiered()) {
      throw new IllegalArgumentException("spill needs a data directory");
    }
    policy = newPolicy;
    refresh();
  }

  /// How many keys are looked at for each victim.
  public int samples() {
    return samples;
  }

  public synchronized void samples(int count) {
    samples = count;
    refresh();
  }

  /// How much rarer the increments of a counter of accesses become.
  public synchronized void logFactor(int factor) {
    logFactor = factor;
    refresh();
  }

  /// For how many minutes without an access a counter loses 1; 0 is never.
  public synchronized void decayMinutes(int minutes) {
    decayMinutes = minutes;
    refresh();
  }

  /// Sets how much memory there may be, in bytes. If there is more already, it is taken back as far
  /// as the policy allows.
  public synchronized void limit(long bytes) {
    memory.limit(bytes);
    marks = MemoryMarks.of(bytes);
    refresh();
    signal();
  }

  private void refresh() {
    boolean counts = policy.countsAccesses();
    meter = counts ? AccessMeter.ofFrequency(logFactor, decayMinutes) : AccessMeter.ofRecency();
    draw = new SlotDraw(engine.keyspace(), policy.volatileOnly(), samples);
    barrenUntilMillis = 0;
    threshold = policy.evicts() ? marks.high() : marks.refusal();
  }

  // ---- for writers ----

  /// Whether memory is short.
  public boolean pressed() {
    return memory.usedBytes() - memory.overdraftBytes() > threshold;
  }

  /// Whether commands that may need memory are refused, as nothing goes and there is too much.
  public boolean refuses() {
    return pressed()
        && !policy.evicts()
        && memory.totalBytes() - memory.overdraftBytes() > marks.refusal();
  }

  /// Sees to it that `bytes` more fit in, before the first of several commands that are one.
  ///
  /// - throws [Fault.OutOfMemory] if they do not.
  void checkFits(long bytes) {
    long used = memory.usedBytes() - memory.overdraftBytes();
    if (bytes > memory.limitBytes() - used) {
      throw new Fault.OutOfMemory(bytes, bytes + " bytes of one transaction");
    }
  }

  /// Whether commands that write have to wait ([#admit]) before they run, off the event loop:
  /// memory is short of what can be dropped.
  public boolean starved() {
    return pressure.starved();
  }

  /// Whether [#admit] may block, as memory or the history is under pressure.
  public boolean holds() {
    return pressure.holds();
  }

  /// For how many nanoseconds a client that has written is not to be listened to, so that the
  /// history stays short; 0 as a rule.
  ///
  /// - `bytes`: what its commands brought.
  public long restNanos(int commands, long bytes) {
    return pressure.holds() ? pressure.restNanos(weight(commands, bytes)) : 0;
  }

  /// Makes a little room, in the name of some commands. Does not block.
  public void relieve(Tx tx, int commands, long nowMillis) {
    if (!policy.evicts()) {
      return;
    }
    signal();
    if (nowMillis < barrenUntilMillis) {
      return;
    }
    long used = rooms.usedBytes();
    int each = 1 + (int) (marks.pressure(used) * (PER_COMMAND_MAX - 1));
    int count = Math.min(each * commands, PER_CALL_MAX);
    if (used > threshold && rooms.evict(tx, count, nowMillis) == 0) {
      barrenUntilMillis = nowMillis + BARREN_MILLIS;
    }
  }

  /// As [#relieve], for who may wait: holds him back as long as the pressure asks for, if need be.
  ///
  /// - `bytes`: what the commands bring.
  public void admit(Tx tx, int commands, long bytes) {
    if (pressed()) {
      relieve(tx, commands, engine.clock().wallMillis());
    }
    if (pressure.holds()) {
      pressure.hold(weight(commands, bytes));
    }
  }

  private static long weight(int commands, long bytes) {
    return commands + (bytes >>> WEIGHT_SHIFT);
  }

  /// Makes room for a command that could not get what it needed, or lets its next transaction pass
  /// the limit; whether it is worth trying again. Blocks.
  ///
  /// - `attempt`: how often it was tried again already.
  public boolean makeRoom(Tx tx, Fault.OutOfMemory full, Need need, int attempt) {
    return rooms.make(tx, full.bytes(), attempt)
        || (attempt < ATTEMPTS_MAX && overdraft.grant(tx, need, full.bytes()));
  }

  /// Whether [#makeRoom] may help: otherwise a command that finds no memory is refused at once.
  public boolean mayMakeRoom() {
    return engine.tiered() || rooms.mayMake();
  }

  // ---- figures ----

  /// How much memory is kept free for sizes whose share grows, in bytes.
  public long headroomBytes() {
    return marks.headroom();
  }

  /// For how long in all there was more memory than the limit allows, in milliseconds: it has been
  /// lowered, or passed by what had to be.
  public long exceededMillis() {
    return exceededMillis + exceededNowMillis();
  }

  /// For how long there has been more memory than the limit allows; 0 if there is not.
  public long exceededNowMillis() {
    long since = exceededSinceMillis;
    return since == 0 ? 0 : Math.max(0, engine.clock().wallMillis() - since);
  }

  // ---- for evictors ----

  AccessMeter meter() {
    return meter;
  }

  MemoryMarks marks() {
    return marks;
  }

  /// Whether keys that come from disk leave memory again.
  boolean spills() {
    return policy == EvictionPolicy.SPILL;
  }

  /// How slots are drawn, a moment old; of few keys, not much older than the last that went.
  SlotDraw draw() {
    draws++;
    boolean worn = draws > draw.weight() / DRAWS_SHARE;
    if (worn || engine.clock().monotonicNanos() - drawnNanos > DRAW_NANOS) {
      redraw();
    }
    return draw;
  }

  /// Counts again where the keys are, unless somebody is about to.
  void redraw() {
    if (drawing.tryLock()) {
      try {
        draw = new SlotDraw(engine.keyspace(), policy.volatileOnly(), samples);
        drawnNanos = engine.clock().monotonicNanos();
        draws = 0;
      } finally {
        drawing.unlock();
      }
    }
  }

  /// Notes for how long a victim had not been accessed. Some are lost when several do this.
  void victimIdle(long millis) {
    long mean = meanIdleMillis;
    meanIdleMillis = mean + ((millis - mean) >> MEAN_SHIFT);
  }

  /// The access word of a record that comes from disk: some way towards the next victims.
  int probation(long nowMillis) {
    return AccessMeter.idle((long) (meanIdleMillis * PROBATION), nowMillis);
  }

  // ---- in the background ----

  /// Wakes the thread up, if there is one and it is not up already.
  void signal() {
    if (threaded && signalled.compareAndSet(false, true)) {
      thread.run(this::restore);
    }
  }

  /// Goes back to the low mark. For stores without maintenance.
  public void restore() {
    signalled.set(false);
    long begin = engine.clock().monotonicNanos();
    long evicted = rooms.restore();
    engine.work().eviction(engine.clock().monotonicNanos() - begin, evicted);
    noteExceeded();
  }

  private synchronized void noteExceeded() {
    long sum = exceededMillis;
    long now = engine.clock().wallMillis();
    boolean exceeds = memory.totalBytes() > marks.limit();
    long since = exceededSinceMillis;
    if (exceeds && since == 0) {
      exceededSinceMillis = now;
    } else if (!exceeds && since != 0) {
      exceededMillis = sum + Math.max(0, now - since);
      exceededSinceMillis = 0;
    }
  }

  @Override
  public void close() {
    threaded = false;
    thread.close();
  }
}
