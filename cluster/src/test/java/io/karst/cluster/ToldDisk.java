package io.karst.cluster;

/// A disk that is as full as a test says.
final class ToldDisk implements FreeSpace.Source {
  static final long MIB = 1 << 20;

  private final long total;
  private volatile long usable;

  /// One that is empty.
  ToldDisk(long total) {
    this.total = total;
    usable = total;
  }

  void usable(long bytes) {
    usable = bytes;
  }

  @Override
  public long usable() {
    return usable;
  }

  @Override
  public long total() {
    return total;
  }
}
