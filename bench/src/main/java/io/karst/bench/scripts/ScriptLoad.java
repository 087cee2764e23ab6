package io.karst.bench.scripts;

import io.karst.bench.harness.RespConnection;
import io.karst.bench.load.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A script, called by so many connections.
record ScriptLoad(ScriptTest test, int connections) implements Workload {
  private static final long SLOW_TRIAL = 20_000;
  private static final long COMPUTING_TRIAL = 1000;

  @Override
  public List<String> words(long requests) {
    String key = test.name().toLowerCase(Locale.ROOT) + ":__rand_int__";
    List<String> words = new ArrayList<>(List.of("EVALSHA", test.digest(), "1", key));
    words.addAll(test.arguments());
    return words;
  }

  @Override
  public void prepare(RespConnection connection, long requests) {
    connection.call("FLUSHALL");
    connection.call("SCRIPT", "LOAD", test.source());
  }

  @Override
  public long trialRequests(int pipeline) {
    return switch (test) {
      case COMPUTE -> COMPUTING_TRIAL;
      case TWENTY_CALLS -> SLOW_TRIAL;
      case NOTHING, RATE_LIMIT, LOCK -> connections == 1 ? SLOW_TRIAL : 5 * SLOW_TRIAL;
    };
  }

  @Override
  public String toString() {
    return test + ", " + connections + (connections == 1 ? " connection" : " connections");
  }
}
