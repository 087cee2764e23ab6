package io.karst.bench;

import io.karst.bench.comparison.Plan;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.load.LoadTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Reads the options of a comparison.
final class ComparisonOptions {
  static final String HELP =
      """
      usage: ./karst bench [options]        compare with redis-server
             ./karst bench --durable [options]
             ./karst bench --larger-than-memory [options]
             ./karst bench --types [options]
             ./karst bench --scripts [options]
             ./karst bench --memory [options]
             ./karst bench --cluster [options]
             ./karst bench --jmh [pattern]  run the JMH benchmarks whose name contains the pattern

      The comparison starts redis-server and Karst, puts the same load on both by turns, prints a
      table with the goals beside the figures, and writes it to bench/results. It needs Linux and
      redis-benchmark; without redis-server only Karst is measured.

        --quick            a minute or two instead of up to ten: one short round
        --only LIST        of get, set, incr, mset, memory, start
        --pipelines LIST   of depths; default 1,16,64
        --rounds N         of each cell and server; default 3
        --seconds S        of a run; default 3
        --requests N       of a run, instead of as many as take --seconds
        --keys N           in place before the load begins; default 1000000
        --threads N        of redis-benchmark; default half the cores
        --no-redis         measure only Karst
        --help             show this

      """
          + DurableOptions.HELP
          + "\n"
          + CapacityOptions.HELP
          + "\n"
          + TypesOptions.HELP
          + "\n"
          + ScriptsOptions.HELP
          + "\n"
          + MemoryOptions.HELP
          + "\n"
          + QuorumOptions.HELP;

  private static final String MEMORY = "memory";
  private static final String START = "start";

  private List<LoadTest> tests = List.of(LoadTest.values());
  private boolean memory = true;
  private boolean start = true;
  private List<Integer> pipelines = List.of(1, 16, 64);
  private int requests;
  private int keys = 1_000_000;

  private ComparisonOptions() {}

  /// - throws [HarnessException] that says which word is wrong.
  static Plan parse(List<String> words) {
    return new ComparisonOptions().plan(words);
  }

  private Plan plan(List<String> words) {
    Options options = new Options().withRounds().withLoad().withRedis();
    options
        .list("--only", this::only)
        .counts("--pipelines", list -> pipelines = list)
        .count("--requests", count -> requests = count)
        .count("--keys", count -> keys = count)
        .parse(words);
    return new Plan(
        options.label(),
        options.contenders(),
        tests,
        pipelines,
        options.rounds(3),
        options.seconds(1, 3),
        requests,
        options.threads(),
        keys,
        start ? options.or(0, 3, 7) : 0,
        memory ? 2_000_000 : 0);
  }

  private void only(Stream<String> list) {
    List<LoadTest> wanted = new ArrayList<>();
    memory = false;
    start = false;
    list.forEach(word -> part(word, wanted));
    tests = wanted;
  }

  private void part(String word, List<LoadTest> wanted) {
    switch (word) {
      case MEMORY -> memory = true;
      case START -> start = true;
      default -> wanted.add(test(word));
    }
  }

  private static LoadTest test(String word) {
    return Arrays.stream(LoadTest.values())
        .filter(test -> test.option().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new HarnessException("--only takes get, set, incr, mset, memory, start; not " + word));
  }
}
