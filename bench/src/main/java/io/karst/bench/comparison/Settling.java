package io.karst.bench.comparison;

import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.ServerProcess;

/// Waits until a server's memory no longer changes.
final class Settling {
  private static final int STEP_MILLIS = 100;
  private static final int STEPS_MAX = 50;
  private static final int QUIET_STEPS = 5;

  /// The change that counts as none.
  private static final long NOISE = 256 << 10;

  private Settling() {}

  /// The resident bytes once they have been the same for half a second, or after five seconds.
  static long residentBytes(ServerProcess server) {
    long before = server.residentBytes();
    int quiet = 0;
    for (int i = 0; i < STEPS_MAX && quiet < QUIET_STEPS; i++) {
      pause();
      long now = server.residentBytes();
      quiet = Math.abs(now - before) <= NOISE ? quiet + 1 : 0;
      before = now;
    }
    return before;
  }

  private static void pause() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
  }
}
