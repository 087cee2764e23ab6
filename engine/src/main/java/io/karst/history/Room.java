package io.karst.history;

import io.karst.base.Fault;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// How many bytes of the stream are allocated on disk and belong to nobody yet.
///
/// Appenders take from it before they claim, so a claim is never past what is allocated. As long
/// as there is plenty they take a portion at a time and touch nothing shared in between. Whoever
/// needs more than there is hands in a [Demand], which the writer grants or refuses.
///
/// Thread-safe.
final class Room {
  /// What an appender takes at a time.
  static final long PORTION = 64 << 10;

  private final Watermark free = new Watermark(0);
  private final long plenty;
  private final ArrayDeque<Demand> demands = new ArrayDeque<>();
  private long settled;

  /// - `plenty`: with more than this nobody needs to be sparing.
  Room(long plenty) {
    this.plenty = plenty;
  }

  long free() {
    return free.get();
  }

  void give(long size) {
    free.getAndAdd(size);
  }

  /// Takes `need` bytes, or a portion if that is more and there is plenty.
  ///
  /// - returns: how many; 0 if there is not enough.
  long take(long need) {
    while (true) {
      long before = free.get();
      if (before < need) {
        return 0;
      }
      long size = before - PORTION >= plenty ? Math.max(need, PORTION) : need;
      if (free.compareAndSet(before, before - size)) {
        return size;
      }
    }
  }

  /// Takes `need` bytes if they are there; whether they were.
  boolean takeExactly(long need) {
    while (true) {
      long before = free.get();
      if (before < need) {
        return false;
      }
      if (free.compareAndSet(before, before - need)) {
        return true;
      }
    }
  }

  /// Asks for more than there is.
  Demand demand(long need) {
    Demand demand = new Demand(need);
    synchronized (demands) {
      demands.add(demand);
    }
    return demand;
  }

  // ---- the writer's ----

  /// Grants what there is enough for, in order; returns what the first other one needs, or 0.
  long grant() {
    synchronized (demands) {
      for (Demand first = demands.peek(); first != null; first = demands.peek()) {
        if (!takeExactly(first.need)) {
          return first.need;
        }
        first.granted = true;
        demands.remove();
        settled++;
      }
      return 0;
    }
  }

  /// Refuses everything that is asked for and not there.
  void refuse(Fault.ReadOnly reason) {
    synchronized (demands) {
      for (Demand demand : demands) {
        demand.refusal = reason;
        settled++;
      }
      demands.clear();
    }
  }

  /// How many demands have been granted or refused so far.
  long settled() {
    return settled;
  }

  /// Bytes that somebody waits for.
  static final class Demand {
    private final long need;
    private volatile boolean granted;
    private volatile Fault.@Nullable ReadOnly refusal;

    private Demand(long need) {
      this.need = need;
    }

    boolean settled() {
      return granted || refusal != null;
    }

    /// Returns the bytes, once it is settled.
    ///
    /// - throws [Fault.ReadOnly] if they were refused.
    long get() {
      Fault.ReadOnly reason = refusal;
      if (reason != null) {
        throw reason;
      }
      return need;
    }
  }
}
