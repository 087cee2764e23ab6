package io.karst.bench.cluster;

import io.karst.bench.harness.Answer;
import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All members of a cluster.
///
/// Thread: the rounds'.
public final class Nodes implements AutoCloseable {
  private static final int ASK_MILLIS = 1000;
  private static final int STEP_MILLIS = 20;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /// A key that nobody writes.
  private static final String PROBE = "probe";

  private final List<Node> all = new ArrayList<>();
  private final int founders;
  private final @Nullable Network network;

  /// - `server`: what starts a server, its options to follow.
  /// - `directory`: there is one in it for each node.
  /// - `founders`: how many form the cluster.
  /// - `spares`: how many more there are, which nobody starts.
  /// - `faulty`: whether a network of ours lies between them.
  public record Plan(
      List<String> server,
      Path directory,
      int founders,
      int spares,
      boolean faulty,
      List<String> options) {
    public Plan {
      server = List.copyOf(server);
      options = List.copyOf(options);
    }
  }

  public Nodes(Plan plan, Children children) {
    int count = plan.founders + plan.spares;
    List<Integer> ports = Ports.free(3 * count);
    List<Integer> clients = ports.subList(0, count);
    List<Integer> buses = ports.subList(count, 2 * count);
    List<Integer> told = plan.faulty ? ports.subList(2 * count, ports.size()) : buses;
    founders = plan.founders;
    network = plan.faulty ? new Network(told, buses) : null;
    List<String> command = new ArrayList<>(plan.server);
    command.addAll(
        List.of("--bind", "127.0.0.1", "--cluster-seeds", seeds(told.subList(0, plan.founders))));
    command.addAll(plan.options);
    for (int i = 0; i < count; i++) {
      Node.Settings settings =
          new Node.Settings(i, command, plan.directory, clients.get(i), buses.get(i), told.get(i));
      all.add(new Node(settings, children, network));
    }
  }

  private static String seeds(List<Integer> ports) {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  public List<Node> all() {
    return all;
  }

  /// Where the founders answer clients.
  public List<Integer> ports() {
    return all.subList(0, founders).stream().map(Node::port).toList();
  }

  /// What lies between them, if it is ours.
  public Network network() {
    if (network == null) {
      throw new HarnessException("these nodes have no network of ours between them");
    }
    return network;
  }

  /// Starts the founders, and waits until they answer.
  public void start() {
    all.subList(0, founders).forEach(Node::launch);
    all.subList(0, founders).forEach(Node::awaitReady);
  }

  /// Brings everything back, whatever was done to it.
  public void heal() {
    if (network != null) {
      network.heal();
    }
    List<Node> down = all.stream().filter(node -> !node.isUp()).toList();
    all.forEach(Node::restore);
    down.forEach(Node::awaitReady);
  }

  /// The one that answers for all keys; waits for there to be one.
  ///
  /// - throws [HarnessException] if there is none for so many seconds.
  public Node leader(int secondsMax) {
    long endNanos = System.nanoTime() + secondsMax * NANOS_PER_SECOND;
    while (System.nanoTime() < endNanos) {
      for (Node node : all) {
        if (node.runs() && leads(node)) {
          return node;
        }
      }
      Pause.millis(STEP_MILLIS);
    }
    throw new HarnessException("nobody leads for " + secondsMax + " s" + said());
  }

  /// The others.
  public List<Node> others(Node node) {
    return all.stream().filter(one -> one.number() != node.number()).toList();
  }

  @Override
  public void close() {
    all.forEach(Node::close);
    if (network != null) {
      network.close();
    }
  }

  private static boolean leads(Node node) {
    try (RespConnection connection = node.connect(ASK_MILLIS)) {
      return connection.ask("GET", PROBE).equals(Answer.nil());
    } catch (HarnessException e) {
      return false;
    }
  }

  private String said() {
    return all.stream()
        .map(node -> "\nnode " + node.number() + (node.runs() ? "" : ", which does not run"))
        .collect(Collectors.joining());
  }
}
