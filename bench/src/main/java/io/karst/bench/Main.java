package io.karst.bench;

import io.karst.bench.comparison.Comparison;
import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.jmh.JmhRun;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `./karst bench`.
public final class Main {
  private static final String JMH = "--jmh";

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> words) {
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(OptionsParser.HELP);
      return 0;
    }
    try (Children children = new Children()) {
      try {
        if (words.contains(JMH)) {
          return jmh(words);
        }
        Comparison comparison = new Comparison(root(), children, System.err);
        Path report = comparison.run(OptionsParser.parse(words), System.out);
        System.out.println("written to " + report);
        return 0;
      } catch (HarnessException e) {
        if (!children.closing()) {
          System.err.println();
          System.err.println("karst bench: " + e.getMessage());
        }
        return 1;
      }
    }
  }

  private static int jmh(List<String> words) {
    boolean alone = words.getFirst().equals(JMH) && words.size() <= 2;
    if (!alone) {
      throw new HarnessException("--jmh takes a pattern and no other options");
    }
    JmhRun.run(words.size() == 2 ? words.get(1) : "", System.out);
    return 0;
  }

  /// The directory of the repository: the nearest above this program that has the launcher in it.
  private static Path root() {
    try {
      Path here = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path at = here.getParent(); at != null; at = at.getParent()) {
        if (Files.isExecutable(at.resolve("karst")) && Files.isDirectory(at.resolve("bench"))) {
          return at;
        }
      }
      throw new HarnessException("no launcher above " + here);
    } catch (URISyntaxException e) {
      throw new HarnessException("cannot find this program", e);
    }
  }
}
