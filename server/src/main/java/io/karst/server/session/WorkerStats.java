package io.karst.server.session;

import io.karst.server.insight.HotKeySearch;
import io.karst.server.insight.HotKeySketch;
import io.karst.server.insight.Insight;
import io.karst.server.insight.LatencyCounts;
import io.karst.server.session.Stats.CommandCount;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// What one worker counts: plain fields, so that counting costs no more than an addition.
///
/// Written by its event loop only. Other threads read it through [Stats] and may be a moment
/// behind; a `long` is read and written whole on every machine Karst runs on.
public final class WorkerStats {
  /// Errors are counted by this many prefixes at most; those beyond are counted as `ERR`. A script
  /// may invent prefixes.
  private static final int PREFIXES_MAX = 128;

  private static final String OTHER = "ERR";

  long commands;
  long connectionsReceived;
  long connectionsRejected;
  long bytesIn;
  long bytesOut;
  long reads;
  long writes;
  long cutForInput;
  long cutForOutput;

  private final long[] calls;
  private final long[] nanos;
  private final long[] rejected;
  private final long[] failed;
  private final LatencyCounts latencies;
  private final Insight insight;
  private @Nullable HotKeySketch sketch;

  /// Errors are rare, so a map will do.
  private final ConcurrentHashMap<String, Long> errors = new ConcurrentHashMap<>();

  WorkerStats(int commandCount, Insight insight) {
    this.insight = insight;
    calls = new long[commandCount];
    nanos = new long[commandCount];
    rejected = new long[commandCount];
    failed = new long[commandCount];
    latencies = new LatencyCounts(commandCount);
  }

  public void countAccepted() {
    connectionsReceived++;
  }

  public void countRefused() {
    connectionsRejected++;
  }

  public void countIn(int bytes) {
    bytesIn += bytes;
    reads++;
  }

  public void countOut(long bytes) {
    bytesOut += bytes;
    writes += bytes > 0 ? 1 : 0;
  }

  /// A client was disconnected, as it had sent too much that is not complete.
  public void countCutForInput() {
    cutForInput++;
  }

  /// A client was disconnected, as it did not take its replies.
  public void countCutForOutput() {
    cutForOutput++;
  }

  /// A command ran, and took so long.
  void called(int command, long tookNanos) {
    began(command, tookNanos);
    if (insight.tracksLatency()) {
      latencies.record(command, tookNanos);
    }
  }

  /// A command ran for so long, and waits now.
  void began(int command, long tookNanos) {
    commands++;
    calls[command]++;
    nanos[command] += tookNanos;
  }

  /// A command that [#began] is over, which took so long once it did not wait any more.
  void ended(int command, long tookNanos) {
    nanos[command] += tookNanos;
    if (insight.tracksLatency()) {
      latencies.record(command, tookNanos);
    }
  }

  /// A command was refused before it ran: its arity, or the client's rights.
  void rejected(int command) {
    rejected[command]++;
  }

  /// A command that ran was answered with an error.
  void failed(int command) {
    failed[command]++;
  }

  /// A script has run a command so many times.
  void ranInScript(int command, int times, long addedNanos, int failures, int refusals) {
    commands += times;
    calls[command] += times;
    nanos[command] += addedNanos;
    failed[command] += failures;
    rejected[command] += refusals;
  }

  /// What an error line is counted by.
  static String prefix(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? line : line.substring(0, space);
  }

  /// An error line was sent.
  void error(String line) {
    errors(prefix(line), 1);
  }

  /// So many error lines of a prefix were sent.
  void errors(String prefix, int times) {
    boolean room = errors.size() < PREFIXES_MAX || errors.containsKey(prefix);
    errors.merge(room ? prefix : OTHER, (long) times, Long::sum);
  }

  long errors(String prefix) {
    return errors.getOrDefault(prefix, 0L);
  }

  long errorReplies() {
    long sum = 0;
    for (long count : errors.values()) {
      sum += count;
    }
    return sum;
  }

  void forEachError(ObjLongConsumer<String> visitor) {
    errors.forEach(visitor::accept);
  }

  CommandCount count(int command, WorkerStats before) {
    return new CommandCount(
        calls[command] - before.calls[command],
        (nanos[command] - before.nanos[command]) / 1000,
        rejected[command] - before.rejected[command],
        failed[command] - before.failed[command]);
  }

  /// Where what keys cost is noted; null if nobody looks for hot ones.
  @Nullable HotKeySketch sketch() {
    HotKeySearch active = insight.hotKeys().active();
    HotKeySketch present = sketch;
    if (active == null) {
      sketch = null;
    } else if (present == null || present.search() != active) {
      sketch = active.newSketch();
    }
    return sketch;
  }

  /// How long commands took; not part of [#add].
  LatencyCounts latencies() {
    return latencies;
  }

  void add(WorkerStats that) {
    commands += that.commands;
    connectionsReceived += that.connectionsReceived;
    connectionsRejected += that.connectionsRejected;
    bytesIn += that.bytesIn;
    bytesOut += that.bytesOut;
    reads += that.reads;
    writes += that.writes;
    cutForInput += that.cutForInput;
    cutForOutput += that.cutForOutput;
    for (int i = 0; i < calls.length; i++) {
      calls[i] += that.calls[i];
      nanos[i] += that.nanos[i];
      rejected[i] += that.rejected[i];
      failed[i] += that.failed[i];
    }
    that.errors.forEach((prefix, count) -> errors.merge(prefix, count, Long::sum));
  }
}
