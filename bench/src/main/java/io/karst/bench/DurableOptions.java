package io.karst.bench;

import io.karst.bench.durable.DurablePlan;
import io.karst.bench.durable.DurablePlan.Part;
import io.karst.bench.harness.Contender;
import io.karst.bench.harness.HarnessException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

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

  private boolean quick;
  private boolean partial;
  private boolean redis = true;
  private List<Part> parts = List.of(Part.values());
  private List<Integer> pipelines = List.of(1, 16);
  private int rounds;
  private int seconds;
  private int setKeys;
  private int checkpointKeys;
  private int restartKeys;
  private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  private Path place;

  private DurableOptions(Path place) {
    this.place = place;
  }

  /// - `words`: behind `--durable`.
  /// - `place`: for data, if nothing else is said.
  /// - throws [HarnessException] that says which word is wrong.
  static DurablePlan parse(List<String> words, Path place) {
    DurableOptions options = new DurableOptions(place);
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      options.option(rest.next(), rest);
    }
    return options.plan();
  }

  private void option(String name, Iterator<String> rest) {
    switch (name) {
      case "--quick" -> quick = true;
      case "--rounds" -> rounds = OptionWords.count(name, OptionWords.value(name, rest));
      case "--seconds" -> seconds = OptionWords.count(name, OptionWords.value(name, rest));
      case "--threads" -> threads = OptionWords.count(name, OptionWords.value(name, rest));
      case "--dir" -> place = Path.of(OptionWords.value(name, rest)).toAbsolutePath();
      default -> {
        narrow(name, rest);
        partial = true;
      }
    }
  }

  /// Options that measure less than the default, or something else.
  private void narrow(String name, Iterator<String> rest) {
    switch (name) {
      case "--no-redis" -> redis = false;
      case "--only" ->
          parts =
              OptionWords.list(OptionWords.value(name, rest)).map(DurableOptions::part).toList();
      case "--pipelines" ->
          pipelines =
              OptionWords.list(OptionWords.value(name, rest))
                  .map(word -> OptionWords.count(name, word))
                  .toList();
      case "--set-keys" -> setKeys = OptionWords.count(name, OptionWords.value(name, rest));
      case "--checkpoint-keys" ->
          checkpointKeys = OptionWords.count(name, OptionWords.value(name, rest));
      case "--restart-keys" -> restartKeys = OptionWords.count(name, OptionWords.value(name, rest));
      default -> throw OptionWords.unknown(name);
    }
  }

  private static Part part(String word) {
    return Arrays.stream(Part.values())
        .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new HarnessException("--only takes set, checkpoint, restart; not " + word));
  }

  private DurablePlan plan() {
    return new DurablePlan(
        quick ? "quick" : partial ? "partial" : "",
        redis ? List.of(Contender.values()) : List.of(Contender.KARST),
        parts,
        pipelines,
        rounds > 0 ? rounds : quick ? 1 : 3,
        seconds > 0 ? seconds : quick ? 1 : 3,
        threads,
        setKeys > 0 ? setKeys : quick ? 300_000 : 1_000_000,
        checkpointKeys > 0 ? checkpointKeys : quick ? 1_000_000 : 2_000_000,
        restartKeys > 0 ? restartKeys : quick ? 1_000_000 : 10_000_000,
        place);
  }
}
