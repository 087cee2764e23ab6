package io.karst.bench.load;

import java.util.Locale;

/// A test of `redis-benchmark`, by its name there.
public enum LoadTest {
  GET("key:"),
  SET("key:"),
  INCR("counter:"),
  /// Ten keys a command.
  MSET("key:");

  private final String prefix;

  LoadTest(String prefix) {
    this.prefix = prefix;
  }

  /// What the keys it uses begin with; twelve digits follow.
  public String prefix() {
    return prefix;
  }

  /// The name `redis-benchmark` knows it by.
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The number of requests that take about half a second: enough to find out how many to make.
  public long trialRequests(int pipeline) {
    long requests = Math.min(40_000L + 10_000L * pipeline, 500_000);
    return this == MSET ? requests / 4 : requests;
  }
}
