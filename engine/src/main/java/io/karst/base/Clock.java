package io.karst.base;

/// The only source of time. Injected, so that a test owns it.
///
/// Thread-safe.
public interface Clock {
  /// Milliseconds since 1970-01-01 UTC. May jump when the machine's clock is set.
  long wallMillis();

  /// Nanoseconds since an arbitrary origin; never goes back.
  long monotonicNanos();

  /// The machine's clocks.
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
