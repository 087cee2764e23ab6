package io.karst.bench;

import io.karst.bench.capacity.CapacityComparison;
import io.karst.bench.capacity.CapacityPlan;
import io.karst.bench.clients.ClientsPlan;
import io.karst.bench.clients.ClientsRun;
import io.karst.bench.comparison.Comparison;
import io.karst.bench.durable.DurableComparison;
import io.karst.bench.durable.DurablePlan;
import io.karst.bench.faults.ClusterTortureOptions;
import io.karst.bench.faults.ClusterTortureRun;
import io.karst.bench.harness.Children;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.jmh.JmhRun;
import io.karst.bench.memory.MemoryComparison;
import io.karst.bench.memory.MemoryPlan;
import io.karst.bench.quorum.QuorumComparison;
import io.karst.bench.quorum.QuorumPlan;
import io.karst.bench.scripts.ScriptsComparison;
import io.karst.bench.scripts.ScriptsPlan;
import io.karst.bench.torture.TortureOptions;
import io.karst.bench.torture.TortureRun;
import io.karst.bench.types.TypesComparison;
import io.karst.bench.types.TypesPlan;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `./karst bench` and `./karst torture`: the first word says which.
public final class Main {
  private static final String TORTURE = "torture";
  private static final String CLIENTS = "--clients";
  private static final String CLUSTER = "--cluster";
  private static final String QUICK = "--quick";
  private static final String DURABLE = "--durable";
  private static final String LARGER = "--larger-than-memory";
  private static final String TYPES = "--types";
  private static final String SCRIPTS = "--scripts";
  private static final String MEMORY = "--memory";
  private static final String JMH = "--jmh";

  private Main() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    String verb = words.isEmpty() ? "bench" : words.getFirst();
    System.exit(run(verb, words.subList(Math.min(1, words.size()), words.size())));
  }

  private static int run(String verb, List<String> words) {
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(
          verb.equals(TORTURE)
              ? TortureOptions.HELP + ClusterTortureOptions.HELP
              : ComparisonOptions.HELP);
      return 0;
    }
    try (Children children = new Children()) {
      try {
        return verb.equals(TORTURE) ? torture(words, children) : bench(words, children);
      } catch (HarnessException e) {
        if (!children.closing()) {
          System.err.println();
          System.err.println("karst " + verb + ": " + e.getMessage());
        }
        return 1;
      }
    }
  }

  private static int torture(List<String> words, Children children) {
    if (words.contains(CLIENTS)) {
      return clients(without(CLIENTS, words), children);
    }
    if (words.contains(CLUSTER)) {
      ClusterTortureOptions options = ClusterTortureOptions.parse(without(CLUSTER, words));
      return new ClusterTortureRun(root(), children, System.out).run(options);
    }
    TortureOptions options = TortureOptions.parse(words);
    return new TortureRun(root(), children, System.out).run(options);
  }

  private static int clients(List<String> words, Children children) {
    boolean quick = words.equals(List.of(QUICK));
    if (!quick && !words.isEmpty()) {
      throw new HarnessException(CLIENTS + " takes " + QUICK + " and nothing else");
    }
    try (DataDirectory directory = DataDirectory.in(root().resolve("target"), 0)) {
      List<String> server = List.of(root().resolve("karst").toString(), "server");
      ClientsRun run = new ClientsRun(server, directory.make("clients"), children, System.out);
      ClientsRun.Outcome outcome = run.run(quick ? ClientsPlan.QUICK : ClientsPlan.FULL);
      outcome.lines().forEach(System.out::println);
      outcome.left().forEach(line -> System.out.println("LEFT BEHIND: " + line));
      return outcome.left().isEmpty() ? 0 : 1;
    }
  }

  private static int bench(List<String> words, Children children) {
    if (words.contains(JMH)) {
      return jmh(words);
    }
    if (words.contains(DURABLE)) {
      DurablePlan plan = DurableOptions.parse(without(DURABLE, words), root().resolve("target"));
      return written(new DurableComparison(root(), children, System.err).run(plan, System.out));
    }
    if (words.contains(LARGER)) {
      CapacityPlan plan = CapacityOptions.parse(without(LARGER, words), root().resolve("target"));
      return written(new CapacityComparison(root(), children, System.err).run(plan, System.out));
    }
    if (words.contains(TYPES)) {
      TypesPlan plan = TypesOptions.parse(without(TYPES, words));
      return written(new TypesComparison(root(), children, System.err).run(plan, System.out));
    }
    if (words.contains(SCRIPTS)) {
      ScriptsPlan plan = ScriptsOptions.parse(without(SCRIPTS, words));
      return written(new ScriptsComparison(root(), children, System.err).run(plan, System.out));
    }
    if (words.contains(CLUSTER)) {
      QuorumPlan plan = QuorumOptions.parse(without(CLUSTER, words));
      return written(new QuorumComparison(root(), children, System.err).run(plan, System.out));
    }
    // After --larger-than-memory, which has an option of that name.
    if (words.contains(MEMORY)) {
      MemoryPlan plan = MemoryOptions.parse(without(MEMORY, words));
      return written(new MemoryComparison(root(), children, System.err).run(plan, System.out));
    }
    Comparison comparison = new Comparison(root(), children, System.err);
    return written(comparison.run(ComparisonOptions.parse(words), System.out));
  }

  private static List<String> without(String option, List<String> words) {
    return words.stream().filter(word -> !word.equals(option)).toList();
  }

  private static int written(Path report) {
    System.out.println("written to " + report);
    return 0;
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
