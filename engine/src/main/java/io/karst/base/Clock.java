package io.karst.base;

/// The only source of time. Injected, so that a test owns it.
///
/// Thread-safe.
public interface Clock {
  /// Milliseconds since 1970-01-01 UTC. May jump when the machine's clock is set.
  long wallMillis();

  /// Microseconds since 1970-01-01 UTC, as fine as the machine's clock; otherwise as
  /// [#wallMillis].
  default long wallMicros() {
    return wallMillis() * 1000;
  }

  /// Nanoseconds since an arbitrary origin; never goes back.
  long monotonicNanos();

  /// The machine's clocks.
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
