package io.karst.server.insight;

import java.util.List;
import java.util.Locale;

/// What `LATENCY DOCTOR` says: which events there were, how they are spread, and what helps.
public final class LatencyDiagnosis {
  private LatencyDiagnosis() {}

  public static String of(LatencyEvents events, long nowSeconds) {
    List<LatencyEvents.Event> all = events.all();
    if (all.isEmpty()) {
      return events.thresholdNanos() == Long.MAX_VALUE
          ? "Nothing is looked at: CONFIG SET latency-monitor-threshold <milliseconds> begins."
          : "Nothing has taken longer than latency-monitor-threshold.";
    }
    StringBuilder text = new StringBuilder("What took longer than latency-monitor-threshold:\n\n");
    for (LatencyEvents.Event event : all) {
      describe(event, nowSeconds, text);
    }
    return text.toString();
  }

  private static void describe(LatencyEvents.Event event, long nowSeconds, StringBuilder text) {
    List<LatencyEvents.Sample> samples = event.samples();
    double mean = samples.stream().mapToLong(LatencyEvents.Sample::millis).average().orElse(0);
    long span = nowSeconds - samples.getFirst().seconds();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d times in the last %s, %.0f ms on average, %d ms at most.\n    %s\n",
            event.name(),
            samples.size(),
            LatencyGraph.age(span),
            mean,
            event.maxMillis(),
            advice(event.name())));
  }

  private static String advice(String event) {
    return switch (event) {
      case "command" ->
          "SLOWLOG GET names the commands. They went through many elements or keys, or waited for"
              + " a lock or for the disk; other clients were served meanwhile.";
      case "fast-command" ->
          "A command that is fast by nature was not: the process had no core, or was collecting"
              + " its heap, or the value is very large. Look at the machine's load first.";
      case "checkpoint" ->
          "Checkpoints run beside the clients and hold nobody up; long ones keep more history on"
              + " disk. A faster disk, or fewer changes, make them shorter.";
      case "aof-fsync-always" ->
          "Replies wait for these syncs. A disk with a battery or a supercapacitor, or appendfsync"
              + " everysec, takes them out of the way.";
      case "wal-sync" ->
          "The disk takes long to sync the history: up to that much more is lost by a power cut.";
      case "eviction-cycle" ->
          "Memory is short, and making room takes time: raise maxmemory or delete keys.";
      case "expire-cycle" ->
          "Many keys were due at once: spread their times to live, if that can be.";
      default -> "";
    };
  }
}
