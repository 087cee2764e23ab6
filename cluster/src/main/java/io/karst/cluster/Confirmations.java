package io.karst.cluster;

import io.karst.base.Clock;
import java.util.concurrent.locks.LockSupport;

/// Proves, again and again while somebody asks, that what this member has is what a reader may see:
/// a leader that it still leads, a follower that it has all that was committed. One proof is under
/// way at a time; who asks meanwhile shares the next, which begins after he asked.
///
/// Thread: one of its own, `karst-confirm`; what everybody may call says so.
final class Confirmations implements AutoCloseable, Runnable {
  /// Before a proof that failed is tried again.
  private static final long RETRY_NANOS = 20_000_000;

  /// Proves it, by something that begins with the call. Waits, with a limit.
  interface Proof {
    boolean prove();
  }

  private final Clock clock;
  private final Thread thread = Thread.ofPlatform().name("karst-confirm").daemon().unstarted(this);
  private volatile Proof proof = () -> false;
  private volatile Runnable listener = () -> {};
  private volatile long begun;
  private volatile long confirmed;
  private volatile long wanted;
  private volatile boolean idle;
  private volatile boolean closed;

  /// When the latest proof that succeeded began.
  private volatile long provedNanos;

  private volatile boolean proved;

  Confirmations(Clock clock) {
    this.clock = clock;
  }

  /// - `told`: runs whenever [#confirmed] has advanced.
  void start(Proof how, Runnable told) {
    proof = how;
    listener = told;
    thread.start();
  }

  /// The number of the next proof to begin. Any thread.
  long next() {
    return begun + 1;
  }

  /// The number of the latest proof that succeeded. Any thread.
  long confirmed() {
    return confirmed;
  }

  /// Asks for a proof of that number. Any thread; returns at once.
  void request(long number) {
    if (number > wanted) {
      synchronized (this) {
        wanted = Math.max(wanted, number);
      }
      if (idle) {
        LockSupport.unpark(thread);
      }
    }
  }

  /// How long ago the latest proof that succeeded began, in nanoseconds; [Long#MAX_VALUE] if none
  /// ever did. Any thread.
  long ageNanos() {
    return proved ? clock.monotonicNanos() - provedNanos : Long.MAX_VALUE;
  }

  /// What was proved holds no longer. Any thread.
  void forget() {
    proved = false;
  }

  @Override
  public void run() {
    while (!closed) {
      if (wanted <= confirmed) {
        await();
      } else if (!round()) {
        LockSupport.parkNanos(this, RETRY_NANOS);
      }
    }
  }

  private void await() {
    idle = true;
    if (wanted <= confirmed && !closed) {
      LockSupport.park(this);
    }
    idle = false;
  }

  private boolean round() {
    long begin = clock.monotonicNanos();
    long number = begun + 1;
    begun = number;
    if (!proof.prove()) {
      return false;
    }
    provedNanos = begin;
    proved = true;
    confirmed = number;
    listener.run();
    return true;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
