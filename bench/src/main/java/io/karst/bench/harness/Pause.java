package io.karst.bench.harness;

/// Lets time pass.
public final class Pause {
  private Pause() {}

  /// - throws [HarnessException] if the thread is interrupted meanwhile.
  public static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
  }
}
