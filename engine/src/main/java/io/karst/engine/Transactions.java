package io.karst.engine;

import io.karst.engine.Counters.Counter;
import io.karst.history.Log;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// The transactions of a store: makes them, lends them, and adds up what they have counted.
///
/// Thread-safe.
final class Transactions {
  /// Transactions kept for [#borrow]; those beyond are closed when they come back.
  private static final int POOLED_MAX = 64;

  private final Engine engine;

  /// Guarded by itself.
  private final SplittableRandom seeds;

  private final List<Tx> all = new CopyOnWriteArrayList<>();
  private final ArrayBlockingQueue<Tx> pool = new ArrayBlockingQueue<>(POOLED_MAX);

  /// Guarded by itself: what those have counted that are closed.
  private final Counters closedCounters = new Counters();

  Transactions(Engine engine, SplittableRandom seeds) {
    this.engine = engine;
    this.seeds = seeds;
  }

  /// A new one, to be closed by whoever asks for it.
  ///
  /// - `log`: where its effects go.
  Tx open(Log log) {
    Tx tx;
    synchronized (seeds) {
      tx = new Tx(engine, engine.memory().magazine(), seeds.split(), log);
    }
    all.add(tx);
    return tx;
  }

  /// See [Engine#borrow].
  Tx borrow() {
    Tx pooled = pool.poll();
    return pooled == null ? engine.newTx() : pooled;
  }

  /// See [Engine#giveBack].
  void giveBack(Tx tx) {
    if (!pool.offer(tx)) {
      tx.close();
    }
  }

  /// Lets those that nobody has borrowed give their free blocks to everyone.
  void flushIdle() {
    for (int left = pool.size(); left > 0; left--) {
      Tx idle = borrow(); // Nobody else has it meanwhile.
      idle.tidy();
      giveBack(idle);
    }
  }

  /// See [Engine#count].
  long count(Counter counter) {
    long sum;
    synchronized (closedCounters) {
      sum = closedCounters.count(counter);
    }
    for (Tx tx : all) {
      sum += tx.counters().count(counter);
    }
    return sum;
  }

  /// See [Engine#resetCounters].
  void resetCounters() {
    synchronized (closedCounters) {
      closedCounters.reset();
    }
    for (Tx tx : all) {
      tx.counters().reset();
    }
  }

  void closed(Tx tx) {
    if (all.remove(tx)) {
      synchronized (closedCounters) {
        closedCounters.addAll(tx.counters());
      }
    }
  }
}
