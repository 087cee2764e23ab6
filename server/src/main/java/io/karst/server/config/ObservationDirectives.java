package io.karst.server.config;

import java.util.List;

/// The directives about what operators see.
public final class ObservationDirectives {
  static final Declarations OWN = new Declarations("Observation");

  public static final Directive<Integer> SLOWLOG_LOG_SLOWER_THAN =
      OWN.atRunTime(
          "slowlog-log-slower-than",
          new WholeKind(-1, Integer.MAX_VALUE),
          10_000,
          "From how many microseconds on a command is entered in the slow log; 0 enters all, -1"
              + " none. Below 1000 each command of a pipeline is timed by itself, which costs some"
              + " 25 ns each.");

  public static final Directive<Integer> SLOWLOG_MAX_LEN =
      OWN.atRunTime(
          "slowlog-max-len",
          new WholeKind(0, Integer.MAX_VALUE),
          128,
          "How many entries the slow log keeps.");

  public static final Directive<Integer> LATENCY_MONITOR_THRESHOLD =
      OWN.atRunTime(
          "latency-monitor-threshold",
          new WholeKind(0, Integer.MAX_VALUE),
          0,
          "From how many milliseconds on commands and work in the background are noted for"
              + " `LATENCY`; 0 notes nothing.");

  public static final Directive<Boolean> LATENCY_TRACKING =
      OWN.atRunTime(
          "latency-tracking",
          new FlagKind(),
          true,
          "Count how long each command takes, for `LATENCY HISTOGRAM` and `INFO latencystats`.");

  public static final Directive<List<Double>> LATENCY_TRACKING_INFO_PERCENTILES =
      OWN.atRunTime(
          "latency-tracking-info-percentiles",
          new PercentilesKind(),
          List.of(50.0, 99.0, 99.9),
          "Which percentiles `INFO latencystats` tells.");

  public static final Directive<Integer> HTTP_PORT =
      OWN.fixed(
          "http-port",
          new WholeKind(0, 65535),
          0,
          "The TCP port that answers HTTP: the console at `/`, `/metrics` for Prometheus,"
              + " `/health/live`, `/health/ready`; 0 is none. Where users have passwords, all but"
              + " health needs one.");

  public static final Directive<String> HTTP_BIND =
      OWN.fixed(
          "http-bind",
          new TextKind("an address"),
          "127.0.0.1",
          "The address that the HTTP port listens on.");

  private ObservationDirectives() {}
}
