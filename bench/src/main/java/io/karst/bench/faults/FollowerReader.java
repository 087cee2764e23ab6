package io.karst.bench.faults;

import io.karst.bench.cluster.Node;
import io.karst.bench.harness.Answer;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.RespConnection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Reads from one member whoever leads: what it is told may be old, but not older than was
/// promised, never goes back, and is what there was at one moment.
///
/// Thread: its own.
final class FollowerReader implements Client {
  /// `cluster-max-staleness`, and what it takes to find out.
  private static final Duration STALENESS_MAX = Duration.ofMillis(5000 + 500);

  private static final int REPLY_MILLIS = 2000;
  private static final int REST_MILLIS = 20;

  /// It led when it was asked, and then no longer.
  private static final String DEPOSED = "UNKNOWNOUTCOME";

  private static final List<String> ELSEWHERE =
      List.of("MOVED", "CLUSTERDOWN", "LOADING", "TRYAGAIN", DEPOSED);

  private final Node node;
  private final Metronome metronome;
  private final Account account;
  private final Counts counts;
  private final RandomGenerator random;

  /// What this member has told already.
  private final Told told;

  private @Nullable RespConnection connection;

  /// - `told`: what the same member has told others before.
  FollowerReader(
      Node node,
      Metronome metronome,
      Account account,
      Counts counts,
      Told told,
      RandomGenerator random) {
    this.node = node;
    this.metronome = metronome;
    this.account = account;
    this.counts = counts;
    this.told = told;
    this.random = random;
  }

  @Override
  public void step() {
    Pause.millis(REST_MILLIS);
    try {
      RespConnection to = connected();
      if (random.nextBoolean()) {
        readMetronome(to);
      } else {
        readPair(to);
      }
    } catch (HarnessException e) {
      // It is down, or stopped.
      end();
    }
  }

  @Override
  public void end() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private RespConnection connected() {
    RespConnection open = connection;
    if (open == null) {
      open = node.connect(REPLY_MILLIS);
      connection = open;
      open.call("READONLY");
    }
    return open;
  }

  private void readMetronome(RespConnection to) {
    int life = node.life();
    long least = metronome.leastAt(System.nanoTime() - STALENESS_MAX.toNanos());
    Answer answer = to.ask("GET", Metronome.KEY);
    if (isElsewhere(answer)) {
      return;
    }
    long number = Metronome.number(answer);
    counts.followerReads.increment();
    if (number < least) {
      throw violation("is told %d, although %d was acknowledged %s before", number, least);
    }
    long before = told.raise(life, number);
    if (number < before) {
      throw violation("is told %d after %d", number, before);
    }
    metronome.saw(number);
  }

  private void readPair(RespConnection to) {
    int index = random.nextInt(account.pairs());
    List<String> keys = account.keys(index);
    Answer answer = to.ask("MGET", keys.getFirst(), keys.getLast());
    if (isElsewhere(answer)) {
      return;
    }
    if (!(answer instanceof Answer.Many(List<Answer> values))) {
      throw new Violation("MGET is answered with " + answer.shown());
    }
    counts.followerReads.increment();
    account.same(index, values.getFirst(), values.getLast());
  }

  /// Whether it does not answer reads now.
  private boolean isElsewhere(Answer answer) {
    if (!(answer instanceof Answer.Failure(String text))) {
      return false;
    }
    if (!ELSEWHERE.contains(text.split(" ", 2)[0])) {
      throw new Violation("a reader of a follower is answered with the error '" + text + "'");
    }
    if (text.startsWith(DEPOSED)) {
      end();
    }
    return true;
  }

  private Violation violation(String what, long one, long other) {
    return new Violation(
        "a reader of node "
            + node.number()
            + " "
            + String.format(Locale.ROOT, what, one, other, STALENESS_MAX));
  }
}
