package io.karst.bench.torture;

import io.karst.bench.harness.HarnessException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/// The options of `./karst torture`.
///
/// - `rounds`, `minutes`: until one of them is reached; 0 is no limit.
/// - `directory`: where to work; empty for a new one.
public record TortureOptions(long seed, int rounds, int minutes, String directory) {
  public static final String HELP =
      """
      usage: ./karst torture [options]
             ./karst torture --clients [--quick]
             ./karst torture --cluster [options]

      Starts servers, lets several clients write to them, kills them at any moment, and verifies
      after each restart that nothing is missing that was acknowledged. Ends with code 1 at the
      first loss, and leaves the data there.

        --minutes M   how long; default 2, without --rounds
        --rounds N    how many rounds at most
        --seed S      of what is drawn at random; default: another each time
        --dir D       where the data goes; default: a new directory in target/
        --clients     instead: ten thousand clients at once, ten thousand listeners, and half a
                      million that come and go; ends with code 1 if the server keeps anything of
                      them. Takes some minutes, with --quick half a minute. Linux only
        --help        show this
      """;

  private static final int DEFAULT_MINUTES = 2;

  /// - throws [HarnessException] that says which word is wrong.
  public static TortureOptions parse(List<String> words) {
    long seed = System.nanoTime();
    long rounds = 0;
    long minutes = 0;
    String directory = "";
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--seed" -> seed = number(name, rest, Long.MIN_VALUE, Long.MAX_VALUE);
        case "--rounds" -> rounds = number(name, rest, 1, Integer.MAX_VALUE);
        case "--minutes" -> minutes = number(name, rest, 1, Integer.MAX_VALUE);
        case "--dir" -> directory = value(name, rest);
        default ->
            throw new HarnessException(
                "unknown option " + name + "; ./karst torture --help lists them");
      }
    }
    minutes = rounds + minutes == 0 ? DEFAULT_MINUTES : minutes;
    return new TortureOptions(seed, (int) rounds, (int) minutes, directory);
  }

  /// What to do with servers that are started like this.
  public Torture.Plan plan(Path path, List<String> server) {
    return new Torture.Plan(
        seed,
        rounds == 0 ? Integer.MAX_VALUE : rounds,
        minutes == 0 ? Duration.ofDays(1000) : Duration.ofMinutes(minutes),
        Scale.FULL,
        path,
        server);
  }

  private static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new HarnessException(name + " needs a value");
    }
    return rest.next();
  }

  private static long number(String name, Iterator<String> rest, long min, long max) {
    String word = value(name, rest);
    try {
      long number = Long.parseLong(word);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new HarnessException(name + ": not a number: " + word);
    }
    throw new HarnessException(name + ": not between " + min + " and " + max + ": " + word);
  }
}
