package io.karst.bench.harness;

/// Waits until a server has come to rest.
public final class Settling {
  private static final int STEP_MILLIS = 100;
  private static final int STEPS_MAX = 50;
  private static final int QUIET_STEPS = 5;
  private static final int QUIET_MILLIS = 500;

  /// The change that counts as none.
  private static final long NOISE = 256 << 10;

  private Settling() {}

  /// The resident bytes once they have been the same for half a second, or after five seconds.
  public static long residentBytes(ServerProcess server) {
    long before = server.residentBytes();
    int quiet = 0;
    for (int i = 0; i < STEPS_MAX && quiet < QUIET_STEPS; i++) {
      Pause.millis(STEP_MILLIS);
      long now = server.residentBytes();
      quiet = Math.abs(now - before) <= NOISE ? quiet + 1 : 0;
      before = now;
    }
    return before;
  }

  /// Waits until a process, with those it has forked, has nothing to do any more: it has taken less
  /// than a tenth of a processor for half a second. After `secondsMax` it waits no longer.
  public static void awaitQuiet(long pid, int secondsMax) {
    ProcessTree tree = new ProcessTree(pid);
    long before = tree.cpuMicros();
    for (int i = 0; i < secondsMax * 1000 / QUIET_MILLIS; i++) {
      Pause.millis(QUIET_MILLIS);
      long now = tree.cpuMicros();
      if (now - before < QUIET_MILLIS * 100) {
        return;
      }
      before = now;
    }
  }
}
