package io.karst.bench;

import io.karst.bench.memory.MemoryPlan;
import io.karst.bench.memory.Shape;
import java.util.List;

/// Reads the options of `--memory`.
final class MemoryOptions {
  static final String HELP =
      """
      --memory compares what an element takes, by type and size of the collection.

        --quick            a quarter of the elements, which says little of what is resident
        --only LIST        of hash_10, hash_10000, integers_10, integers_10000, strings_10,
                           strings_10000, zset_100, zset_1000000, list_10, list_100000, stream_10,
                           stream_100000
        --elements N       of all keys together, by shape; default 3000000
        --rounds N         default 1
        --no-redis         measure only Karst
      """;

  private List<Shape> shapes = List.of(Shape.values());
  private int elements;

  private MemoryOptions() {}

  /// - `words`: behind `--memory`.
  /// - throws [HarnessException] that says which word is wrong.
  static MemoryPlan parse(List<String> words) {
    return new MemoryOptions().plan(words);
  }

  private MemoryPlan plan(List<String> words) {
    Options options = new Options().withRounds().withRedis();
    options
        .list("--only", list -> shapes = list.map(MemoryOptions::shape).toList())
        .count("--elements", count -> elements = count)
        .parse(words);
    return new MemoryPlan(
        options.label(),
        options.contenders(),
        shapes,
        options.rounds(1),
        options.or(elements, 750_000, 3_000_000));
  }

  private static Shape shape(String word) {
    return Options.chosen(word, Shape.values());
  }
}
