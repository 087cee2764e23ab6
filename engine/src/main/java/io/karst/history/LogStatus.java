package io.karst.history;

/// Figures of a [Log], for people; a moment old.
///
/// - `size`: bytes of disk it takes.
/// - `tail`, `durable`, `first`: LSNs; `first` is the oldest that is kept.
/// - `syncs`: how often the disk was told to keep what it has; `syncNanos`: how long the latest
///   took.
/// - `failed`: whether the latest write or sync did not succeed.
public record LogStatus(
    long size, long first, long tail, long durable, long syncs, long syncNanos, boolean failed) {
  static final LogStatus NONE = new LogStatus(0, 0, 0, 0, 0, 0, false);
}
