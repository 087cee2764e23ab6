package io.karst.bench.cluster;

import io.karst.bench.harness.Answer;
import io.karst.bench.harness.DisconnectedException;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.RespConnection;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A client of a cluster that follows `MOVED`, and goes to another member when one does not answer.
/// A request is sent once: whoever wants it repeated does so, and knows what that means.
///
/// Thread: its owner's.
public final class ClusterClient implements AutoCloseable {
  private static final int CONNECT_PAUSE_MILLIS = 20;
  private static final List<String> REFUSALS =
      List.of("MOVED", "TRYAGAIN", "CLUSTERDOWN", "READONLY", "LOADING");
  private static final String UNKNOWN = "UNKNOWNOUTCOME";

  private final List<Integer> ports;
  private final int replyMillis;
  private final RandomGenerator random;
  private int port;
  private @Nullable RespConnection connection;

  /// - `ports`: of members.
  /// - `replyMillis`: how long to wait for an answer.
  public ClusterClient(List<Integer> ports, int replyMillis, RandomGenerator random) {
    this.ports = List.copyOf(ports);
    this.replyMillis = replyMillis;
    this.random = random;
    port = ports.get(random.nextInt(ports.size()));
  }

  /// Sends a request, once.
  ///
  /// - throws [HarnessException] if it is answered with an error that no cluster has a reason for.
  public Reply ask(List<String> words) {
    RespConnection to = connected();
    if (to == null) {
      return new Reply.Refused("no connection");
    }
    Answer answer;
    try {
      answer = to.ask(words);
    } catch (HarnessException e) {
      turnAway();
      return new Reply.Unknown(String.valueOf(e.getMessage()));
    }
    return answer instanceof Answer.Failure(String text) ? failed(words, text) : done(answer);
  }

  /// Sends a request again and again until it is answered: one that may happen more than once.
  ///
  /// - throws [HarnessException] if it is not within so many seconds.
  public Answer insist(List<String> words, int secondsMax) {
    long endNanos = System.nanoTime() + secondsMax * 1_000_000_000L;
    Reply last = new Reply.Refused("not sent");
    while (System.nanoTime() < endNanos) {
      last = ask(words);
      if (last instanceof Reply.Done(Answer answer)) {
        return answer;
      }
    }
    throw new HarnessException(
        words.getFirst() + " is not answered for " + secondsMax + " s; at last: " + last);
  }

  @Override
  public void close() {
    disconnect();
  }

  private static Reply done(Answer answer) {
    return new Reply.Done(answer);
  }

  private Reply failed(List<String> words, String text) {
    String code = text.split(" ", 2)[0];
    if (code.equals(UNKNOWN)) {
      turnAway();
      return new Reply.Unknown(text);
    }
    if (!REFUSALS.contains(code)) {
      throw new HarnessException(words.getFirst() + " is answered with the error '" + text + "'");
    }
    if (code.equals("MOVED")) {
      go(Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)));
    } else {
      turnAway();
    }
    return new Reply.Refused(text);
  }

  private @Nullable RespConnection connected() {
    RespConnection open = connection;
    if (open != null) {
      return open;
    }
    try {
      open = new RespConnection(port, replyMillis);
      connection = open;
      return open;
    } catch (DisconnectedException e) {
      turnAway();
      return null;
    }
  }

  private void go(int moved) {
    disconnect();
    port = moved;
  }

  /// Goes to any other member, after a moment.
  private void turnAway() {
    Pause.millis(CONNECT_PAUSE_MILLIS + random.nextInt(CONNECT_PAUSE_MILLIS));
    go(ports.get(random.nextInt(ports.size())));
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
