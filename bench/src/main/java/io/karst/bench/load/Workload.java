package io.karst.bench.load;

import io.karst.bench.harness.RespConnection;
import java.util.List;

/// What `redis-benchmark` asks a server for.
public interface Workload {
  /// The end of the command line of `redis-benchmark`: a test it knows, or a command.
  ///
  /// - `requests`: how many it makes.
  List<String> words(long requests);

  /// Brings the keys into the state that a run begins with.
  void prepare(RespConnection connection, long requests);

  /// The number of requests that take about half a second: enough to find out how many to make.
  long trialRequests(int pipeline);
}
