package io.karst.bench.faults;

import io.karst.bench.cluster.ClusterClient;
import io.karst.bench.cluster.Node;
import io.karst.bench.cluster.Nodes;
import io.karst.bench.harness.Answer;
import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// The rounds, one after the other, until enough or until a promise is broken.
///
/// Thread: its caller's.
public final class ClusterTorture {
  private static final int CLIENTS = 8;
  private static final int PAIRS = 300;
  private static final int REPLY_MILLIS = 3000;
  private static final int LEADER_SECONDS = 60;
  private static final int SAME_SECONDS = 60;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Plan plan;
  private final Children children;
  private final Progress progress;
  private final SplittableRandom random;
  private final Counts counts = new Counts();
  private final ClusterTally tally = new ClusterTally();
  private final Metronome metronome = new Metronome();
  private final List<Account> accounts =
      Stream.of("p", "q").map(name -> new Account(name, PAIRS, 5)).toList();

  /// What each member has told readers.
  private final List<Told> told = new ArrayList<>();

  /// What to do.
  ///
  /// - `duration`: until when rounds begin.
  /// - `nodes`: how many members.
  /// - `loadMillis`: how long there is load before a fault, and after it.
  /// - `work`: where to work and with what.
  public record Plan(
      long seed, Duration duration, Course course, int nodes, int loadMillis, Work work) {}

  /// - `faults`: the names of those that come, in their order; empty to draw them at random.
  /// - `rounds`: how many at most.
  public record Course(List<String> faults, int rounds) {
    public Course {
      faults = List.copyOf(faults);
    }
  }

  /// - `directory`: an empty one.
  /// - `server`: what starts a server, its options to follow.
  public record Work(Path directory, List<String> server) {
    public Work {
      server = List.copyOf(server);
    }
  }

  public ClusterTorture(Plan plan, Children children, Progress progress) {
    this.plan = plan;
    this.children = children;
    this.progress = progress;
    random = new SplittableRandom(plan.seed);
    for (int i = 0; i < plan.nodes; i++) {
      told.add(new Told());
    }
  }

  /// Runs the rounds.
  ///
  /// - throws [HarnessException] if a promise was broken, or a server does not start, answer or
  ///   live; what there is then is left in the directory.
  public void run() {
    Nodes.Plan formation =
        new Nodes.Plan(
            plan.work.server, plan.work.directory, plan.nodes, 0, true, List.of("--save", ""));
    try (Nodes nodes = new Nodes(formation, children)) {
      long beginNanos = System.nanoTime();
      progress.step("forming:");
      nodes.start();
      nodes.leader(LEADER_SECONDS);
      progress.result(millisSince(beginNanos) + " ms to a leader");
      while (goesOn(beginNanos)) {
        round(nodes);
      }
    } catch (Violation e) {
      tally.violation();
      throw new HarnessException(String.valueOf(e.getMessage()));
    } finally {
      progress.endLine();
    }
  }

  /// What has been done, a line a figure.
  public String tally() {
    return tally.text(counts);
  }

  private boolean goesOn(long beginNanos) {
    return tally.rounds() < plan.course.rounds
        && System.nanoTime() - beginNanos < plan.duration.toNanos();
  }

  private Fault draw() {
    List<String> faults = plan.course.faults;
    if (!faults.isEmpty()) {
      return Fault.valueOf(faults.get(tally.rounds() % faults.size()));
    }
    Fault[] all = Fault.values();
    Fault drawn = all[random.nextInt(all.length)];
    boolean tooLong =
        drawn == Fault.PAUSE_LEADER_VERY_LONG
            && plan.duration.compareTo(Duration.ofMinutes(10)) < 0;
    return tooLong ? Fault.PAUSE_LEADER_LONG : drawn;
  }

  private void round(Nodes nodes) {
    Fault fault = draw();
    int number = tally.rounds() + 1;
    progress.step("round " + number + ", " + fault.text() + ":");
    Contest contest = new Contest("r" + number);
    Shift shift = Shift.start(clients(nodes, contest));
    try {
      Pause.millis(plan.loadMillis);
      new Mischief(nodes, random.split(), plan.loadMillis < 1000).make(fault);
      heal(nodes, fault);
      Pause.millis(plan.loadMillis);
    } finally {
      shift.stop();
    }
    shift.check();
    verify(nodes, contest);
    tally.round();
  }

  private List<Client> clients(Nodes nodes, Contest contest) {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(contest.client(connection(nodes), counts, random.split()));
    }
    accounts.forEach(
        account -> clients.add(account.client(connection(nodes), counts, random.split())));
    clients.add(metronome.client(connection(nodes), counts));
    for (Node node : nodes.all()) {
      clients.add(
          new FollowerReader(
              node,
              metronome,
              accounts.getFirst(),
              counts,
              told.get(node.number()),
              random.split()));
    }
    return clients;
  }

  private ClusterClient connection(Nodes nodes) {
    return new ClusterClient(nodes.ports(), REPLY_MILLIS, random.split());
  }

  /// Puts everything right, and waits until writes are taken again.
  private void heal(Nodes nodes, Fault fault) {
    nodes.heal();
    long beginNanos = System.nanoTime();
    try (ClusterClient client = connection(nodes)) {
      client.insist(List.of("SET", "healed", Long.toString(beginNanos)), LEADER_SECONDS);
    }
    long millis = millisSince(beginNanos);
    tally.healed(fault, millis);
    progress.result(millis + " ms to a write");
  }

  private void verify(Nodes nodes, Contest contest) {
    nodes.all().forEach(Node::check);
    int keys = 0;
    try (ClusterClient client = connection(nodes)) {
      for (Account account : accounts) {
        keys += account.settle(client);
      }
      Answer answer = client.insist(List.of("GET", Metronome.KEY), LEADER_SECONDS);
      if (Metronome.number(answer) < metronome.seen()) {
        throw new Violation(
            Metronome.KEY + " is " + answer.shown() + ", and was " + metronome.seen());
      }
      Contest.Outcome outcome = contest.judge(client, plan.work.directory, "seed " + plan.seed);
      tally.judged(outcome);
      progress.result(outcome.operations() + " operations right");
    }
    keys += new Sameness(nodes.all(), SAME_SECONDS).verify(nodes.leader(LEADER_SECONDS));
    tally.compared(keys);
    progress.result(keys + " keys right");
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_MILLI;
  }
}
