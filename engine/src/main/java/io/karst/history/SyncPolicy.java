package io.karst.history;

/// When a [Wal] makes durable what nobody has asked it to.
public enum SyncPolicy {
  /// At once.
  ALWAYS,
  /// Once a second.
  EVERYSEC,
  /// A segment at a time, to bound what is open; the operating system may be earlier.
  NO
}
