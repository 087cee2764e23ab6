package io.karst.bench.load;

/// When what happens counts. Opened and closed by one thread, looked at by all.
public final class Window {
  private volatile boolean open;
  private long openedNanos;
  private long nanos;

  public void open() {
    openedNanos = System.nanoTime();
    open = true;
  }

  public void close() {
    open = false;
    nanos += System.nanoTime() - openedNanos;
  }

  public boolean isOpen() {
    return open;
  }

  /// How long it was open, altogether. For the thread that opens it.
  public double seconds() {
    return nanos / 1e9;
  }
}
