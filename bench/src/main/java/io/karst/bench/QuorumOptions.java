package io.karst.bench;

import io.karst.bench.quorum.QuorumPlan;
import java.util.List;

/// Reads the options of `--cluster`.
final class QuorumOptions {
  static final String HELP =
      """
      --cluster compares three nodes of Karst with three of etcd and with a Redis that has two
      replicas, where those are on the PATH: writes to a majority, reads, what happens when leaders
      are killed, and when a fourth node joins.

        --quick            two minutes instead of ten: short runs, one of each
        --clients LIST     how many at once, for writes; default 1,16,128,1000
        --rounds N         of each run; default 3
        --seconds S        of a run; default 5
        --no-redis         measure neither etcd nor Redis
      """;

  private List<Integer> clients = List.of(1, 16, 128, 1000);

  private QuorumOptions() {}

  /// - `words`: behind `--cluster`.
  /// - throws [io.karst.bench.harness.HarnessException] that says which word is wrong.
  static QuorumPlan parse(List<String> words) {
    return new QuorumOptions().plan(words);
  }

  private QuorumPlan plan(List<String> words) {
    Options options = new Options().withRounds().withLoad().withRedis();
    options.counts("--clients", list -> clients = list).parse(words);
    return new QuorumPlan(
        options.label(),
        clients,
        options.rounds(3),
        options.seconds(2, 5),
        options.or(0, 3, 5),
        options.contenders().size() > 1);
  }
}
