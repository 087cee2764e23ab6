package io.karst.bench.faults;

import io.karst.bench.harness.HarnessException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// The options of `./karst torture --cluster`.
///
/// - `faults`: names of [Fault]s; empty to draw them.
public record ClusterTortureOptions(
    long seed, int minutes, int rounds, int nodes, List<String> faults) {
  public static final String HELP =
      """
        --cluster     instead: three members of a cluster, with a network between them that fails.
                      Members are killed, stopped, cut off, slowed down and emptied, while clients
                      record what they see. Ends with code 1 if that is not linearizable, if what
                      was acknowledged is missing, or if members differ; a history that is wrong is
                      left in a file. Linux only. Takes --minutes, --rounds, --seed, and
                      --nodes 3|5, --faults LIST (e.g. kill-leader,isolate-leader)
      """;

  private static final int LOAD_MILLIS = 1500;
  private static final int DEFAULT_MINUTES = 2;
  private static final List<Integer> SIZES = List.of(3, 5);

  public ClusterTortureOptions {
    faults = List.copyOf(faults);
  }

  /// - `words`: behind `--cluster`.
  /// - throws [HarnessException] that says which word is wrong.
  public static ClusterTortureOptions parse(List<String> words) {
    long seed = System.nanoTime();
    int minutes = 0;
    int rounds = 0;
    int nodes = SIZES.getFirst();
    List<String> faults = new ArrayList<>();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      String value = rest.hasNext() ? rest.next() : "";
      switch (name) {
        case "--seed" -> seed = number(name, value);
        case "--minutes" -> minutes = positive(name, value);
        case "--rounds" -> rounds = positive(name, value);
        case "--nodes" -> nodes = positive(name, value);
        case "--faults" -> faults.addAll(faults(value));
        default ->
            throw new HarnessException(
                "unknown option " + name + "; ./karst torture --help lists them");
      }
    }
    if (!SIZES.contains(nodes)) {
      throw new HarnessException("--nodes: not one of " + SIZES + ": " + nodes);
    }
    minutes = rounds + minutes == 0 ? DEFAULT_MINUTES : minutes;
    return new ClusterTortureOptions(seed, minutes, rounds, nodes, faults);
  }

  /// What to do with servers that are started like this.
  ClusterTorture.Plan plan(Path directory, List<String> server) {
    return new ClusterTorture.Plan(
        seed,
        minutes == 0 ? Duration.ofDays(1000) : Duration.ofMinutes(minutes),
        new ClusterTorture.Course(faults, rounds == 0 ? Integer.MAX_VALUE : rounds),
        nodes,
        LOAD_MILLIS,
        new ClusterTorture.Work(directory, server));
  }

  private static List<String> faults(String list) {
    List<String> known = Arrays.stream(Fault.values()).map(Fault::name).toList();
    List<String> names = new ArrayList<>();
    for (String word : list.split(",", -1)) {
      String name = word.strip().toUpperCase(Locale.ROOT).replace('-', '_');
      if (!known.contains(name)) {
        throw new HarnessException(
            "--faults takes "
                + String.join(", ", known).toLowerCase(Locale.ROOT).replace('_', '-')
                + "; not "
                + word);
      }
      names.add(name);
    }
    return names;
  }

  private static int positive(String name, String word) {
    long number = number(name, word);
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw new HarnessException(name + ": must be above 0: " + word);
    }
    return (int) number;
  }

  private static long number(String name, String word) {
    if (word.isEmpty()) {
      throw new HarnessException(name + " needs a value");
    }
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new HarnessException(name + ": not a number: " + word);
    }
  }
}
