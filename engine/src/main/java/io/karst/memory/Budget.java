package io.karst.memory;

import io.karst.base.Fault;
import java.util.concurrent.atomic.AtomicLong;

/// How much memory is taken from the operating system, how much may be, and how much of it is in
/// use.
///
/// Memory is claimed before it is committed and returned after it was given back, so the total is
/// never below what is in use. In use is what was handed out: to magazines, which hold some of it
/// ready, or as huge blocks. Thread-safe, lock-free.
final class Budget {
  private final AtomicLong totalBytes = new AtomicLong();
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicLong overdraftBytes = new AtomicLong();
  private volatile long limitBytes;

  Budget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  long totalBytes() {
    return totalBytes.get();
  }

  long limitBytes() {
    return limitBytes;
  }

  void limit(long bytes) {
    limitBytes = bytes;
  }

  /// How much higher the limit is for the time being: [Limit#RAISED].
  long overdraftBytes() {
    return overdraftBytes.get();
  }

  void endOverdraft() {
    overdraftBytes.set(0);
  }

  /// Claims `bytes` that [#tryClaim] has refused, if they may be had all the same.
  ///
  /// - throws [Fault.OutOfMemory] otherwise.
  void claimBeyond(long bytes, Limit limit) {
    switch (limit) {
      case KEPT -> throw exhausted(bytes);
      case PASSED -> totalBytes.addAndGet(bytes);
      case RAISED -> {
        overdraftBytes.addAndGet(bytes);
        totalBytes.addAndGet(bytes);
      }
    }
  }

  /// Claims `bytes`, 0 or more, if that stays within the limit; nothing is always within it.
  boolean tryClaim(long bytes) {
    if (bytes == 0) {
      return true;
    }
    long total = totalBytes.get();
    while (bytes <= limitBytes + overdraftBytes.get() - total) {
      long witness = totalBytes.compareAndExchange(total, total + bytes);
      if (witness == total) {
        return true;
      }
      total = witness;
    }
    return false;
  }

  long usedBytes() {
    return usedBytes.get();
  }

  /// Notes that blocks were handed out or, with a negative number, came back.
  void used(long bytes) {
    usedBytes.addAndGet(bytes);
  }

  void giveBack(long bytes) {
    totalBytes.addAndGet(-bytes);
  }

  private Fault.OutOfMemory exhausted(long bytes) {
    return new Fault.OutOfMemory(
        bytes, bytes + " bytes more than " + totalBytes() + " pass the limit of " + limitBytes);
  }
}
