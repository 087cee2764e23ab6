package io.karst.bench;

import io.karst.bench.durable.DurablePlan;
import io.karst.bench.durable.DurablePlan.Part;
import java.nio.file.Path;
import java.util.List;

/// Reads the options of `--durable`.
final class DurableOptions {
  static final String HELP =
      """
      --durable compares servers that keep their data: SETs with each appendfsync, GETs while a
      checkpoint goes on, the time a start takes.

        --quick            two minutes instead of up to ten: one short round, fewer keys
        --only LIST        of set, checkpoint, restart
        --pipelines LIST   of depths, for set; default 1,16
        --rounds N         default 3
        --seconds S        of a run; default 3
        --set-keys N       default 1000000
        --checkpoint-keys N  default 2000000
        --restart-keys N   default 10000000
        --threads N        of the load; default half the cores
        --dir D            where data go for as long as it runs; default target/
        --no-redis         measure only Karst
      """;

  private List<Part> parts = List.of(Part.values());
  private List<Integer> pipelines = List.of(1, 16);
  private int setKeys;
  private int checkpointKeys;
  private int restartKeys;

  private DurableOptions() {}

  /// - `words`: behind `--durable`.
  /// - `place`: for data, if nothing else is said.
  /// - throws [HarnessException] that says which word is wrong.
  static DurablePlan parse(List<String> words, Path place) {
    return new DurableOptions().plan(words, place);
  }

  private DurablePlan plan(List<String> words, Path place) {
    Options options = new Options().withRounds().withLoad().withRedis().withPlace(place);
    options
        .list("--only", list -> parts = list.map(DurableOptions::part).toList())
        .counts("--pipelines", list -> pipelines = list)
        .count("--set-keys", count -> setKeys = count)
        .count("--checkpoint-keys", count -> checkpointKeys = count)
        .count("--restart-keys", count -> restartKeys = count)
        .parse(words);
    return new DurablePlan(
        options.label(),
        options.contenders(),
        parts,
        pipelines,
        options.rounds(3),
        options.seconds(1, 3),
        options.threads(),
        options.or(setKeys, 300_000, 1_000_000),
        options.or(checkpointKeys, 1_000_000, 2_000_000),
        options.or(restartKeys, 1_000_000, 10_000_000),
        options.place());
  }

  private static Part part(String word) {
    return Options.chosen(word, Part.values());
  }
}
