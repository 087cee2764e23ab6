package io.karst.bench.load;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Tool;
import java.util.ArrayList;
import java.util.List;

/// Runs `redis-benchmark`, the load generator that comes with Redis.
///
/// - `threads`: of the load generator; with one it runs without `--threads`.
/// - `keys`: it asks for keys at random, of this many.
public record RedisBenchmark(Children children, int connections, int threads, int keys) {
  /// The size of the values, in bytes.
  public static final int VALUE_SIZE = 64;

  private static final String PROGRAM = "redis-benchmark";

  /// The version, e.g. `7.0.15`.
  ///
  /// - throws [HarnessException] that says what to install if there is none.
  public String version() {
    try {
      String said = run(List.of(PROGRAM, "--version"));
      return said.replaceFirst("(?s)^redis-benchmark ([\\w.]+).*", "$1").strip();
    } catch (HarnessException e) {
      throw new HarnessException(
          "redis-benchmark, which makes the load, is not on the PATH: install redis-tools"
              + " (Debian, Ubuntu) or redis (Fedora, Homebrew)");
    }
  }

  /// Puts a load on the server at `port` and returns what it measured.
  public LoadResult measure(int port, Cell cell, long requests) {
    return LoadResult.parse(run(command(port, cell, requests)), threads > 1);
  }

  private List<String> command(int port, Cell cell, long requests) {
    List<String> command = new ArrayList<>(List.of(PROGRAM, "-h", "127.0.0.1"));
    option(command, "-p", port);
    option(command, "-c", connections);
    option(command, "-n", requests);
    option(command, "-P", cell.pipeline());
    option(command, "-r", keys);
    option(command, "-d", VALUE_SIZE);
    option(command, "--precision", 3);
    if (threads > 1) {
      option(command, "--threads", threads);
    }
    command.addAll(cell.workload().words(requests));
    return command;
  }

  private static void option(List<String> command, String name, long value) {
    command.add(name);
    command.add(Long.toString(value));
  }

  private String run(List<String> command) {
    return Tool.output(children, command);
  }
}
