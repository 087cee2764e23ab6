package io.karst.bench.quorum;

import io.karst.bench.cluster.Node;
import io.karst.bench.cluster.Nodes;
import io.karst.bench.harness.Answer;
import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.quorum.RespTalker.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Three nodes of Karst as they are by default, and a fourth that may join.
final class KarstTrio implements Trio {
  private static final int FOUNDERS = 3;
  private static final int LEADER_SECONDS = 60;
  private static final int REPLY_MILLIS = 10_000;
  private static final int STEP_MILLIS = 5;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Nodes nodes;
  private final Seeds seeds = new Seeds();

  /// - `server`: what starts one, its options to follow.
  KarstTrio(List<String> server, Path directory, Children children) {
    nodes =
        new Nodes(
            new Nodes.Plan(server, directory, FOUNDERS, 1, false, List.of("--save", "")), children);
    try {
      nodes.start();
      Node leader = nodes.leader(LEADER_SECONDS);
      nodes.others(leader).stream().filter(Node::isUp).forEach(node -> awaitReads(node));
    } catch (HarnessException e) {
      nodes.close();
      throw e;
    }
  }

  Nodes nodes() {
    return nodes;
  }

  Node leader() {
    return nodes.leader(LEADER_SECONDS);
  }

  /// Where the founders answer clients.
  List<Integer> ports() {
    return nodes.ports();
  }

  /// The one that may join.
  Node spare() {
    return nodes.all().getLast();
  }

  @Override
  public String title() {
    return "Karst";
  }

  @Override
  public boolean offers(Request request) {
    return true;
  }

  @Override
  public Talker talker(Request request, Keys keys) throws IOException {
    Node leader = leader();
    Node follower = nodes.others(leader).stream().filter(Node::isUp).findFirst().orElse(leader);
    return switch (request) {
      case WRITE -> talker(leader, List.of(), List.of("SET", "KEY", "VALUE"), keys);
      case READ -> talker(leader, List.of(), List.of("GET", "KEY"), keys);
      case STALE_READ -> talker(follower, List.of("READONLY"), List.of("GET", "KEY"), keys);
    };
  }

  private Talker talker(Node node, List<String> begin, List<String> command, Keys keys)
      throws IOException {
    return new RespTalker(node.port(), new Load(begin, List.of(command), keys), seeds.next());
  }

  /// Waits until a node that follows answers reads.
  ///
  /// - throws [HarnessException] if it does not for a minute.
  static void awaitReads(Node node) {
    long endNanos = System.nanoTime() + LEADER_SECONDS * NANOS_PER_SECOND;
    while (System.nanoTime() < endNanos) {
      try (RespConnection connection = node.connect(REPLY_MILLIS)) {
        connection.ask("READONLY");
        if (!(connection.ask("GET", "nothing") instanceof Answer.Failure)) {
          return;
        }
      } catch (HarnessException e) {
        // It is not there yet.
        Pause.millis(STEP_MILLIS);
      }
      Pause.millis(STEP_MILLIS);
    }
    throw new HarnessException("node " + node.number() + " does not answer reads");
  }

  @Override
  public void close() {
    nodes.close();
  }
}
