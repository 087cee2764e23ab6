package io.karst.server.session;

import io.karst.commands.CommandTable;
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
  private final List<WorkerStats> workers = new CopyOnWriteArrayList<>();
  private volatile WorkerStats baseline;

  Stats(CommandTable commands) {
    commandCount = commands.size();
    baseline = new WorkerStats(commandCount);
  }

  /// What one command has done so far: `calls`, the microseconds they took, calls refused before
  /// they ran, and calls that ended in an error.
  public record CommandCount(long calls, long micros, long rejected, long failed) {}

  /// New counters, for one worker; they stay part of the sums for ever.
  public WorkerStats newWorker() {
    WorkerStats worker = new WorkerStats(commandCount);
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

  /// The number of error replies.
  public long errorReplies() {
    return sum().errorReplies() - baseline.errorReplies();
  }

  /// What the command of this index in the table did.
  public CommandCount command(int index) {
    return sum().count(index, baseline);
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
  }

  private WorkerStats sum() {
    WorkerStats total = new WorkerStats(commandCount);
    workers.forEach(total::add);
    return total;
  }
}
