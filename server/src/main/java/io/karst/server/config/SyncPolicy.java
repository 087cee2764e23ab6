package io.karst.server.config;

/// When the history goes from the operating system to the disk (`appendfsync`).
public enum SyncPolicy {
  /// Before any reply that tells of it.
  ALWAYS,
  /// Within a second.
  EVERYSEC,
  /// When the operating system likes.
  NO
}
