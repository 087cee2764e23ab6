package io.karst.server.session;

import io.karst.base.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// `CLIENT PAUSE`: holds commands back, without losing one, until a time.
///
/// A command that is held leaves the event loop and waits on a virtual thread of its own; its
/// connection reads on only as far as its input buffer goes. Thread-safe.
public final class Pause {
  /// What is held.
  public enum Kind {
    /// Commands that may change a key.
    WRITES,
    /// Every command.
    ALL
  }

  /// What holds, and until when; replaced as a whole.
  private record State(Kind kind, long untilMillis) {}

  private static final long NEVER = Long.MIN_VALUE;
  private static final State OVER = new State(Kind.WRITES, NEVER);

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile State state = OVER;

  Pause(Clock clock) {
    this.clock = clock;
  }

  /// Begins a pause. One that holds already is never shortened, nor made to hold less.
  public void begin(Kind kind, long untilMillis) {
    lock.lock();
    try {
      State before = state;
      boolean over = before.untilMillis <= clock.wallMillis();
      Kind stronger = !over && before.kind == Kind.ALL ? Kind.ALL : kind;
      state = new State(stronger, over ? untilMillis : Math.max(before.untilMillis, untilMillis));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends it: everything that was held runs.
  public void end() {
    lock.lock();
    try {
      state = OVER;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether a command has to wait.
  boolean holds(boolean mayWrite) {
    State now = state;
    return now.untilMillis != NEVER && remainingMillis(now, mayWrite) > 0;
  }

  /// Lets those who wait look again whether they still want to.
  void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until a command may run, or nobody wants that any more. Blocks: not for event loops.
  void await(boolean mayWrite, BooleanSupplier wanted) throws InterruptedException {
    lock.lock();
    try {
      while (wanted.getAsBoolean()) {
        long remaining = remainingMillis(state, mayWrite);
        if (remaining <= 0) {
          return;
        }
        boolean _ = changed.await(remaining, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private long remainingMillis(State now, boolean mayWrite) {
    boolean concerned = now.untilMillis != NEVER && (now.kind == Kind.ALL || mayWrite);
    return concerned ? now.untilMillis - clock.wallMillis() : 0;
  }
}
