package io.karst.bench;

import io.karst.bench.load.Turns;
import io.karst.bench.scripts.ScriptTest;
import io.karst.bench.scripts.ScriptsPlan;
import java.util.List;

/// Reads the options of `--scripts`.
final class ScriptsOptions {
  static final String HELP =
      """
      --scripts compares scripts that are called by EVALSHA.

        --quick             two minutes instead of ten: one short round
        --only LIST         of nothing, rate_limit, lock, twenty_calls, compute
        --connections LIST  of numbers of clients; default 1,50
        --pipelines LIST    of depths; default 1,16
        --rounds N          of each cell and server; default 3
        --seconds S         of a run; default 2
        --requests N        of a run, instead of as many as take --seconds
        --threads N         of redis-benchmark; default half the cores
        --io-threads N      event loops of Karst, instead of its default
        --no-redis          measure only Karst
      """;

  private List<ScriptTest> tests = List.of(ScriptTest.values());
  private List<Integer> connections = List.of(1, 50);
  private List<Integer> pipelines = List.of(1, 16);
  private int requests;
  private int loops;

  private ScriptsOptions() {}

  /// - `words`: behind `--scripts`.
  /// - throws [io.karst.bench.harness.HarnessException] that says which word is wrong.
  static ScriptsPlan parse(List<String> words) {
    return new ScriptsOptions().plan(words);
  }

  private ScriptsPlan plan(List<String> words) {
    Options options = new Options().withRounds().withLoad().withRedis();
    options
        .list("--only", list -> tests = list.map(ScriptsOptions::test).toList())
        .counts("--connections", list -> connections = list)
        .counts("--pipelines", list -> pipelines = list)
        .count("--requests", count -> requests = count)
        .count("--io-threads", count -> loops = count)
        .parse(words);
    return new ScriptsPlan(
        options.label(),
        options.contenders(),
        tests,
        connections,
        pipelines,
        new Turns.Length(options.rounds(3), options.seconds(1, 2), requests),
        options.threads(),
        loops);
  }

  private static ScriptTest test(String word) {
    return Options.chosen(word, ScriptTest.values());
  }
}
