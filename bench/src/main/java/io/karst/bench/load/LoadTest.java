package io.karst.bench.load;

import io.karst.bench.harness.RespConnection;
import java.util.List;
import java.util.Locale;

/// A test of `redis-benchmark`, by its name there.
public enum LoadTest implements Workload {
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

  @Override
  public List<String> words(long requests) {
    return List.of("-t", option());
  }

  /// The keys stay what they are.
  @Override
  public void prepare(RespConnection connection, long requests) {}

  @Override
  public long trialRequests(int pipeline) {
    long requests = Math.min(40_000L + 10_000L * pipeline, 500_000);
    return this == MSET ? requests / 4 : requests;
  }
}
