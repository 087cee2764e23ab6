package io.karst.server.info;

/// What `MEMORY DOCTOR` says: whether the numbers show something that an operator should look at,
/// and what to do about it.
public final class MemoryDiagnosis {
  /// Below this nothing can be said: the JVM alone takes more.
  private static final long USED_MIN = 8 << 20;

  private static final double FULL = 0.9;
  private static final double SLACK_RATIO = 1.4;
  private static final double PEAK_RATIO = 1.5;

  private MemoryDiagnosis() {}

  public static String of(MemoryNumbers memory) {
    if (memory.used() < USED_MIN) {
      return "Little memory is in use; there is nothing to look at yet.";
    }
    StringBuilder findings = new StringBuilder();
    if (memory.used() > memory.limit() * FULL) {
      findings.append(
          " * The limit is near: more than 90 % of maxmemory is in use, and writes are refused"
              + " beyond it. Raise maxmemory, or delete keys.\n");
    }
    if (memory.slackRatio() > SLACK_RATIO) {
      findings.append(
          " * Much is in use that holds no data: keys were deleted or shrank. MEMORY PURGE moves"
              + " the rest together and gives memory back.\n");
    }
    if (memory.peak() > memory.used() * PEAK_RATIO) {
      findings.append(
          " * There was half as much again in use at the peak as now: the machine has to have"
              + " room for that, too.\n");
    }
    if (memory.limit() + memory.heap().max() > memory.machine()) {
      findings.append(
          " * maxmemory and the Java heap together are more than the machine has: the system may"
              + " end the process. Lower maxmemory.\n");
    }
    return findings.isEmpty()
        ? "No memory problem is in sight."
        : "What the memory shows:\n\n" + findings;
  }
}
