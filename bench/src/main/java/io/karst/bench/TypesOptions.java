package io.karst.bench;

import io.karst.bench.load.Turns;
import io.karst.bench.types.TypeTest;
import io.karst.bench.types.TypesPlan;
import java.util.List;

/// Reads the options of `--types`.
final class TypesOptions {
  static final String HELP =
      """
      --types compares commands on lists, hashes, sets, sorted sets and streams.

        --quick            three minutes instead of fifteen: one short round
        --only LIST        of lpush, rpush, lpop, rpop, lrange_100, lrange_300, lrange_600, sadd,
                           spop, hset, zadd, zpopmin, xadd, zrangebyscore, zrank, hgetall, sinter,
                           xreadgroup, xack
        --pipelines LIST   of depths; default 1,16
        --rounds N         of each cell and server; default 3
        --seconds S        of a run; default 2
        --requests N       of a run, instead of as many as take --seconds
        --threads N        of redis-benchmark; default half the cores
        --no-redis         measure only Karst
      """;

  private List<TypeTest> tests = List.of(TypeTest.values());
  private List<Integer> pipelines = List.of(1, 16);
  private int requests;

  private TypesOptions() {}

  /// - `words`: behind `--types`.
  /// - throws [HarnessException] that says which word is wrong.
  static TypesPlan parse(List<String> words) {
    return new TypesOptions().plan(words);
  }

  private TypesPlan plan(List<String> words) {
    Options options = new Options().withRounds().withLoad().withRedis();
    options
        .list("--only", list -> tests = list.map(TypesOptions::test).toList())
        .counts("--pipelines", list -> pipelines = list)
        .count("--requests", count -> requests = count)
        .parse(words);
    return new TypesPlan(
        options.label(),
        options.contenders(),
        tests,
        pipelines,
        new Turns.Length(options.rounds(3), options.seconds(1, 2), requests),
        options.threads());
  }

  private static TypeTest test(String word) {
    return Options.chosen(word, TypeTest.values());
  }
}
