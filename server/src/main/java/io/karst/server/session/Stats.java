package io.karst.server.session;

import io.karst.commands.CommandTable;
import io.karst.server.insight.Insight;
import io.karst.server.insight.LatencyCounts;
import io.karst.server.insight.LatencyHistogram;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The counters of the whole server: the sums of what each worker counts for itself, less what
/// they were at the latest [#reset].
///
/// Thread-safe; sums read while workers count may be a moment behind.
public final class Stats {
  private final int commandCount;
  private final Insight insight;
  private final List<WorkerStats> workers = new CopyOnWriteArrayList<>();
  private volatile WorkerStats baseline;
  private volatile LatencyCounts baselineLatencies;

  Stats(CommandTable commands, Insight insight) {
    this.insight = insight;
    commandCount = commands.size();
    baseline = new WorkerStats(commandCount, insight);
    baselineLatencies = new LatencyCounts(commandCount);
  }

  /// What one command has done so far: `calls`, the microseconds they took, calls refused before
  /// they ran, and calls that ended in an error.
  public record CommandCount(long calls, long micros, long rejected, long failed) {}

  /// New counters, for one worker; they stay part of the sums for ever.
  public WorkerStats newWorker() {
    WorkerStats worker = new WorkerStats(commandCount, insight);
    workers.add(worker);
    return worker;
  }

  public long commandsProcessed() {
    return sum().commands - baseline.commands;
  }

  public long connectionsReceived() {
    return sum().connectionsReceived - baseline.connectionsReceived;
  }

  public long connectionsRejected() {
    return sum().connectionsRejected - baseline.connectionsRejected;
  }

  public long netInputBytes() {
    return sum().bytesIn - baseline.bytesIn;
  }

  public long netOutputBytes() {
    return sum().bytesOut - baseline.bytesOut;
  }

  /// How often a socket was read.
  public long reads() {
    return sum().reads - baseline.reads;
  }

  /// How often replies were handed to a socket.
  public long writes() {
    return sum().writes - baseline.writes;
  }

  /// Clients disconnected, as they had sent too much that is not complete.
  public long cutForInput() {
    return sum().cutForInput - baseline.cutForInput;
  }

  /// Clients disconnected, as they did not take their replies.
  public long cutForOutput() {
    return sum().cutForOutput - baseline.cutForOutput;
  }

  /// The number of error replies.
  public long errorReplies() {
    return sum().errorReplies() - baseline.errorReplies();
  }

  /// What each command did, at one moment.
  public Commands commands() {
    return new Commands(sum(), baseline, latencies(), baselineLatencies);
  }

  /// What the commands did, by their index in the table.
  public static final class Commands {
    private final WorkerStats now;
    private final WorkerStats before;

    private final LatencyCounts latencies;
    private final LatencyCounts latenciesBefore;

    private Commands(
        WorkerStats now,
        WorkerStats before,
        LatencyCounts latencies,
        LatencyCounts latenciesBefore) {
      this.now = now;
      this.before = before;
      this.latencies = latencies;
      this.latenciesBefore = latenciesBefore;
    }

    public CommandCount count(int index) {
      return now.count(index, before);
    }

    /// How long the calls took, each by itself.
    public LatencyHistogram latencies(int index) {
      return latencies.histogram(index, latenciesBefore);
    }
  }

  /// The number of error replies by the first word of the line (`ERR`, `WRONGTYPE`), in its order.
  public Map<String, Long> errors() {
    WorkerStats total = sum();
    WorkerStats before = baseline;
    Map<String, Long> errors = new TreeMap<>();
    total.forEachError((prefix, count) -> {
      long since = count - before.errors(prefix);
      if (since > 0) {
        errors.put(prefix, since);
      }
    });
    return errors;
  }

  /// Begins every sum from 0 again (`CONFIG RESETSTAT`).
  public void reset() {
    baseline = sum();
    baselineLatencies = latencies();
  }

  private LatencyCounts latencies() {
    LatencyCounts total = new LatencyCounts(commandCount);
    workers.forEach(worker -> total.add(worker.latencies()));
    return total;
  }

  private WorkerStats sum() {
    WorkerStats total = new WorkerStats(commandCount, insight);
    workers.forEach(total::add);
    return total;
  }
}
