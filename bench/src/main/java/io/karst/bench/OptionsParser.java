package io.karst.bench;

import io.karst.bench.comparison.Plan;
import io.karst.bench.harness.Contender;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.load.LoadTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// Reads the options of a comparison.
final class OptionsParser {
  static final String HELP =
      """
      usage: ./karst bench [options]        compare with redis-server
             ./karst bench --durable [options]
             ./karst bench --larger-than-memory [options]
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
          + CapacityOptions.HELP;

  private static final String MEMORY = "memory";
  private static final String START = "start";

  private boolean quick;
  private boolean partial;
  private boolean redis = true;
  private List<LoadTest> tests = List.of(LoadTest.values());
  private boolean memory = true;
  private boolean start = true;
  private List<Integer> pipelines = List.of(1, 16, 64);
  private int rounds;
  private double seconds;
  private int requests;
  private int keys = 1_000_000;
  private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private OptionsParser() {}

  /// - throws [HarnessException] that says which word is wrong.
  static Plan parse(List<String> words) {
    OptionsParser parser = new OptionsParser();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      parser.option(rest.next(), rest);
    }
    return parser.plan();
  }

  private void option(String name, Iterator<String> rest) {
    switch (name) {
      case "--quick" -> quick = true;
      case "--no-redis" -> {
        redis = false;
        partial = true;
      }
      case "--only" -> only(OptionWords.value(name, rest));
      case "--pipelines" -> {
        pipelines =
            OptionWords.list(OptionWords.value(name, rest))
                .map(word -> OptionWords.count(name, word))
                .toList();
        partial = true;
      }
      case "--rounds" -> rounds = OptionWords.count(name, OptionWords.value(name, rest));
      case "--seconds" -> seconds = OptionWords.count(name, OptionWords.value(name, rest));
      case "--requests" -> requests = OptionWords.count(name, OptionWords.value(name, rest));
      case "--keys" -> {
        keys = OptionWords.count(name, OptionWords.value(name, rest));
        partial = true;
      }
      case "--threads" -> threads = OptionWords.count(name, OptionWords.value(name, rest));
      default ->
          throw new HarnessException(
              "unknown option " + name + "; ./karst bench --help lists them");
    }
  }

  private void only(String list) {
    partial = true;
    List<LoadTest> wanted = new ArrayList<>();
    memory = false;
    start = false;
    OptionWords.list(list).forEach(word -> part(word, wanted));
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

  private Plan plan() {
    return new Plan(
        quick ? "quick" : partial ? "partial" : "",
        redis ? List.of(Contender.values()) : List.of(Contender.KARST),
        tests,
        pipelines,
        rounds > 0 ? rounds : quick ? 1 : 3,
        seconds > 0 ? seconds : quick ? 1 : 3,
        requests,
        threads,
        keys,
        start ? quick ? 3 : 7 : 0,
        memory ? 2_000_000 : 0);
  }
}
