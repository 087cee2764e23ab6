package io.karst.memory;

import io.karst.base.Fault;
import java.util.concurrent.atomic.AtomicLong;

/// How much memory is taken from the operating system, and how much may be.
///
/// Memory is claimed before it is committed and returned after it was given back, so the total is
/// never below what is in use. Thread-safe, lock-free.
final class Budget {
  private final AtomicLong totalBytes = new AtomicLong();
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

  /// Claims `bytes`, 0 or more, if that stays within the limit; nothing is always within it.
  boolean tryClaim(long bytes) {
    if (bytes == 0) {
      return true;
    }
    long total = totalBytes.get();
    while (bytes <= limitBytes - total) {
      long witness = totalBytes.compareAndExchange(total, total + bytes);
      if (witness == total) {
        return true;
      }
      total = witness;
    }
    return false;
  }

  void giveBack(long bytes) {
    totalBytes.addAndGet(-bytes);
  }

  Fault.OutOfMemory exhausted(long bytes) {
    return new Fault.OutOfMemory(
        bytes + " bytes more than " + totalBytes() + " pass the limit of " + limitBytes);
  }
}
