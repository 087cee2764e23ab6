package io.karst.server.insight;

import io.karst.base.Clock;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.server.config.Config;
import io.karst.server.config.ObservationDirectives;
import java.util.List;

/// What there is to look at, in one place. Thread-safe.
public final class Insight {
  /// Below this a slow command is looked for among all: each is timed by itself.
  private static final long FINE_NANOS = 1_000_000;

  private final Clock clock;
  private final SlowLog slowLog = new SlowLog();
  private final LatencyEvents latency = new LatencyEvents();
  private final HotKeys hotKeys = new HotKeys();
  private volatile long alarmNanos = SlowLog.NEVER;
  private volatile boolean tracksLatency = true;
  private volatile List<Double> percentiles = List.of();

  public Insight(Config config, Clock clock) {
    this.clock = clock;
    config.follow(ObservationDirectives.SLOWLOG_LOG_SLOWER_THAN, this::slowLogSlowerThan);
    config.follow(ObservationDirectives.SLOWLOG_MAX_LEN, slowLog::countMax);
    config.follow(ObservationDirectives.LATENCY_MONITOR_THRESHOLD, this::latencySlowerThan);
    config.follow(ObservationDirectives.LATENCY_TRACKING, on -> tracksLatency = on);
    config.follow(
        ObservationDirectives.LATENCY_TRACKING_INFO_PERCENTILES, list -> percentiles = list);
  }

  public SlowLog slowLog() {
    return slowLog;
  }

  public LatencyEvents latency() {
    return latency;
  }

  public HotKeys hotKeys() {
    return hotKeys;
  }

  private synchronized void slowLogSlowerThan(int micros) {
    slowLog.slowerThan(micros);
    alarm();
  }

  private synchronized void latencySlowerThan(int millis) {
    latency.slowerThan(millis);
    alarm();
  }

  /// Whether the times of commands are counted (`latency-tracking`).
  public boolean tracksLatency() {
    return tracksLatency;
  }

  /// Which percentiles of those times `INFO latencystats` tells.
  public List<Double> percentiles() {
    return percentiles;
  }

  private void alarm() {
    alarmNanos = Math.min(slowLog.thresholdNanos(), latency.thresholdNanos());
  }

  /// From how many nanoseconds on [#slow] wants to know of a command.
  public long alarmNanos() {
    return Math.min(alarmNanos, SlowCommandEvent.THRESHOLD_NANOS);
  }

  /// Whether every command is to be timed by itself, for times so short that otherwise only the
  /// sum of some is known.
  public boolean isFine() {
    return alarmNanos < FINE_NANOS || hotKeys.active() != null;
  }

  /// Work in the background has taken so long.
  ///
  /// - `name`: of the event.
  public void worked(String name, long nanos) {
    if (nanos >= latency.thresholdNanos()) {
      latency.took(name, nanos, clock.wallMillis());
    }
  }

  /// A command has taken at least [#alarmNanos].
  ///
  /// - `others`: how many more commands of a pipeline have taken this time together with it.
  /// - `address`, `name`: of the client.
  public void slow(
      Command command, Args args, long nanos, int others, String address, String name) {
    String fullName = command.fullName();
    long nowMillis = clock.wallMillis();
    if (nanos >= slowLog.thresholdNanos() && !command.has(Flag.SKIP_SLOWLOG)) {
      var words = ShownWords.shortened(fullName, args, others);
      slowLog.add(nowMillis / 1000, nanos / 1000, words, address, name);
    }
    latency.took(command.has(Flag.FAST) ? "fast-command" : "command", nanos, nowMillis);
    SlowCommandEvent.commit(fullName, nanos, others, address);
  }
}
