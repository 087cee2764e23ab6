package io.karst.value;

/// The versions of the RDB format, of files and of dump payloads alike.
public final class RdbVersion {
  /// The oldest read: that of Redis 2.6.
  public static final int OLDEST = 6;

  /// The one written, that of Redis 7.0: what is made here loads into it and all later ones.
  public static final int WRITTEN = 10;

  /// The newest read: that of Redis 8.8.
  public static final int NEWEST = 14;

  private RdbVersion() {}
}
