package io.karst.bench.faults;

import io.karst.bench.cluster.Node;
import io.karst.bench.cluster.Nodes;
import io.karst.bench.harness.Answer;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.network.Condition;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes faults. What it leaves is put right by [Nodes#heal].
///
/// - `hurry`: makes what lasts seconds last as long as it takes for others to lead.
record Mischief(Nodes nodes, RandomGenerator random, boolean hurry) {
  private static final int LEADER_SECONDS = 60;
  private static final int REPLY_MILLIS = 10_000;
  private static final int DOWN_MILLIS_MAX = 3000;
  private static final int FLAPS = 12;
  private static final int RESETS = 20;
  private static final int SLOW_DELAY_MILLIS = 60;
  private static final int SLOW_BYTES_PER_SECOND = 300_000;

  /// Returns when it is over, or when nothing more happens.
  void make(Fault fault) {
    Node leader = nodes.leader(LEADER_SECONDS);
    List<Node> others = nodes.others(leader);
    Node follower = others.get(random.nextInt(others.size()));
    switch (fault) {
      case NONE -> last(1000, 2000);
      case KILL_LEADER -> kill(List.of(leader));
      case KILL_FOLLOWER -> kill(List.of(follower));
      case KILL_ALL -> kill(nodes.all());
      case KILL_IN_CHECKPOINT -> killInCheckpoint(leader);
      case END_ALL -> nodes.all().forEach(Node::end);
      case END_ONE_BY_ONE -> endOneByOne();
      case ISOLATE_LEADER -> isolate(leader, Condition.CUT, Condition.CUT);
      case ISOLATE_FOLLOWER -> isolate(follower, Condition.CUT, Condition.CUT);
      case LEADER_NOT_HEARD -> isolate(leader, Condition.CUT, Condition.WHOLE);
      case LEADER_DEAF -> isolate(leader, Condition.WHOLE, Condition.CUT);
      case BRIDGE -> bridge(leader, follower);
      case FLAP -> flap(leader);
      case PAUSE_LEADER -> pause(leader, 2000);
      case PAUSE_LEADER_LONG -> pause(leader, 12_000);
      case PAUSE_LEADER_VERY_LONG -> pause(leader, 70_000);
      case PAUSE_FOLLOWER -> pause(follower, random.nextBoolean() ? 2000 : 12_000);
      case EMPTY_FOLLOWER -> empty(follower);
      case EMPTY_LEADER -> empty(leader);
      case MOVE_LEADER -> moveLeader(follower);
      case SLOW_LINKS -> slow(nodes.all());
      case SLOW_FOLLOWER -> slow(List.of(follower));
      case RESET -> reset();
    }
  }

  private void kill(List<Node> some) {
    some.forEach(Node::kill);
    last(0, DOWN_MILLIS_MAX);
  }

  private void killInCheckpoint(Node leader) {
    try (RespConnection connection = leader.connect(REPLY_MILLIS)) {
      connection.ask("BGSAVE");
    }
    last(0, 300);
    kill(random.nextBoolean() ? List.of(leader) : nodes.all());
  }

  private void endOneByOne() {
    for (Node node : nodes.all()) {
      node.end();
      nodes.heal();
      nodes.leader(LEADER_SECONDS);
    }
  }

  private void isolate(Node node, Condition out, Condition in) {
    for (Node other : nodes.others(node)) {
      nodes.network().link(node.number(), other.number()).set(out);
      nodes.network().link(other.number(), node.number()).set(in);
    }
    if (random.nextBoolean()) {
      nodes.network().reset();
    }
    last(hurry ? 2500 : 1000, hurry ? 3000 : 8000);
  }

  private void bridge(Node leader, Node follower) {
    nodes.network().between(leader.number(), follower.number(), Condition.CUT);
    last(3000, 8000);
  }

  private void flap(Node leader) {
    for (int i = 0; i < FLAPS; i++) {
      for (Node other : nodes.others(leader)) {
        nodes.network().between(leader.number(), other.number(), Condition.CUT);
      }
      last(50, 1500);
      nodes.network().heal();
      last(50, 800);
    }
  }

  private void pause(Node node, int millis) {
    node.pause();
    Pause.millis(millis);
    node.resume();
  }

  private void empty(Node node) {
    node.kill();
    node.forget();
    last(0, DOWN_MILLIS_MAX);
  }

  private void moveLeader(Node follower) {
    try (RespConnection connection = follower.connect(REPLY_MILLIS)) {
      Answer answer = connection.ask("CLUSTER", "FAILOVER");
      if (!answer.equals(Answer.ok()) && !(answer instanceof Answer.Failure)) {
        throw new HarnessException("CLUSTER FAILOVER is answered with " + answer.shown());
      }
    }
    last(500, 2000);
  }

  private void slow(List<Node> some) {
    Condition slow =
        Condition.slow(
            random.nextInt(SLOW_DELAY_MILLIS), random.nextBoolean() ? SLOW_BYTES_PER_SECOND : 0);
    for (Node node : some) {
      nodes
          .others(node)
          .forEach(other -> nodes.network().between(node.number(), other.number(), slow));
    }
    last(3000, 8000);
  }

  private void reset() {
    for (int i = 0; i < RESETS; i++) {
      nodes.network().reset();
      last(10, 400);
    }
  }

  private void last(int fromMillis, int toMillis) {
    Pause.millis(fromMillis + random.nextInt(toMillis - fromMillis));
  }
}
