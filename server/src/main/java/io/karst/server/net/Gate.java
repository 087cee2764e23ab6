package io.karst.server.net;

import io.karst.base.Fault;
import io.karst.history.Log;
import io.karst.server.session.Seen;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Where replies wait for the log: those of one event loop's connections.
///
/// What waits is the reply, never the command. A connection whose replies may not leave yet holds
/// them back and enters itself here. At the end of the loop's round, when every connection has run
/// what it had, the log is asked once for the highest LSN that anybody waits for: that is the
/// group commit. When the log has got there it tells, on its own thread, and the loop lets the
/// replies go.
///
/// A reply that waits for the operating system only ([Seen#complete]) waits for another thread that
/// is in the middle of copying a few bytes: a short spin nearly always does, and a timer the rest.
///
/// Cost when nothing waits: two comparisons with what is known of the log. Thread: the loop's, but
/// for [#advanced].
final class Gate {
  private static final int SPINS = 200;
  private static final long POLL_MICROS = 100;

  private static final String OUTCOME_UNKNOWN =
      "UNKNOWNOUTCOME The server leads no longer; whether this has happened is not known";

  private final Log log;
  private final boolean inCluster;
  private final EventLoop loop;
  private final Runnable release = this::release;
  private final Runnable ask = this::ask;
  private final Runnable poll = this::poll;

  /// The connections that hold replies back, and the list they are moved to when they are called.
  private List<Connection> waiting = new ArrayList<>();

  private List<Connection> stillWaiting = new ArrayList<>();

  /// Whether there is anybody in `waiting`: what the log's thread asks.
  private volatile boolean occupied;

  /// Whether [#release] is already on its way to the loop.
  private final AtomicBoolean releasing = new AtomicBoolean();

  private boolean asking;
  private boolean polling;

  /// How far the log is known to be, how far somebody wants it to be, and how far it was asked.
  private long complete;

  private long durable;
  private long confirmed;
  private long wantedComplete;
  private long wantedDurable;
  private long wantedConfirmation;
  private long requested;
  private long requestedConfirmation;

  /// The current one: [io.karst.server.session.Standing#reign].
  private long reign;

  /// - `inCluster`: whether the log is that of a member of a cluster.
  Gate(Log log, EventLoop loop, boolean inCluster) {
    this.log = log;
    this.inCluster = inCluster;
    this.loop = loop;
    if (log.keeps()) {
      log.listen(this::advanced);
    }
  }

  /// Whether the log is known to be as far.
  boolean isPast(long completeLsn, long durableLsn, long confirmation) {
    return completeLsn <= complete && durableLsn <= durable && confirmation <= confirmed;
  }

  long reign() {
    return reign;
  }

  /// Whether replies tell what was lost with an earlier reign.
  boolean isLost(Seen seen) {
    return seen.isLost(reign);
  }

  /// Whether replies that tell `seen` may leave.
  boolean isOpenFor(Seen seen) {
    return isPast(seen.complete(), seen.durable(), seen.confirmation()) || look(seen);
  }

  private boolean look(Seen seen) {
    if (seen.durable() > durable) {
      durable = log.durable();
      if (seen.durable() > durable) {
        return false;
      }
    }
    if (seen.confirmation() > confirmed) {
      confirmed = log.confirmed();
      if (seen.confirmation() > confirmed) {
        return false;
      }
    }
    for (int spin = 0; seen.complete() > complete && spin < SPINS; spin++) {
      complete = log.complete();
      Thread.onSpinWait();
    }
    return seen.complete() <= complete;
  }

  /// Lets `connection` be called ([Connection#release]) until it holds nothing back any more.
  void enter(Connection connection) {
    waiting.add(connection);
    occupied = true;
  }

  /// Sees to it that replies which tell `seen`, of a connection that has entered, may leave soon.
  void want(Seen seen) {
    wantedComplete = Math.max(wantedComplete, seen.complete());
    wantedDurable = Math.max(wantedDurable, seen.durable());
    wantedConfirmation = Math.max(wantedConfirmation, seen.confirmation());
    if (!asking) {
      asking = true;
      loop.execute(ask);
    }
  }

  /// Looks once more, as the log may have advanced before it could know that somebody waits, and
  /// asks it for the rest.
  private void ask() {
    asking = false;
    if (log.durable() > durable || log.confirmed() > confirmed || log.lost()) {
      release();
    }
    if (wantedDurable > Math.max(durable, requested)) {
      requested = wantedDurable;
      log.requestSync(requested);
    }
    if (wantedConfirmation > Math.max(confirmed, requestedConfirmation)) {
      requestedConfirmation = wantedConfirmation;
      log.requestConfirmation(requestedConfirmation);
    }
    pollIfIncomplete();
  }

  /// The log has advanced, or failed. Any thread.
  private void advanced() {
    if (occupied && releasing.compareAndSet(false, true)) {
      try {
        loop.execute(release);
      } catch (RejectedExecutionException ended) {
        // The connections are closed, and nobody waits any more.
      }
    }
  }

  private void release() {
    releasing.set(false);
    release(log.lost()); // Before the watermark, which does not move after it.
  }

  /// What a majority of a cluster has stays so, though a member may have to apply it once more.
  private void look() {
    confirmed = log.confirmed();
    durable = Math.max(durable, log.durable());
    complete = log.complete();
  }

  private void release(boolean lost) {
    look();
    List<Connection> called = waiting;
    waiting = stillWaiting;
    stillWaiting = called;
    for (Connection connection : called) {
      if (connection.release(lost)) {
        waiting.add(connection);
      }
    }
    called.clear();
    occupied = !waiting.isEmpty();
  }

  /// Another reign begins: what waits here is never sent.
  ///
  /// - `all`: the connections of the loop, some of which have entered.
  void lose(long newReign, List<Connection> all) {
    reign = newReign;
    look();
    for (Connection connection : all) {
      boolean _ = connection.release(true);
    }
    waiting.clear();
    occupied = false;
    requested = 0; // Positions are used again.
    wantedDurable = 0;
    wantedComplete = 0;
    complete = durable;
  }

  /// The log does not tell when it is complete, as that is a matter of nanoseconds.
  private void pollIfIncomplete() {
    if (wantedComplete > complete && !polling) {
      polling = true;
      var _ = loop.schedule(poll, POLL_MICROS, TimeUnit.MICROSECONDS);
    }
  }

  private void poll() {
    polling = false;
    release();
    pollIfIncomplete();
  }

  /// The error line for those whose replies will never leave.
  String lossLine() {
    Fault.ReadOnly failure = log.failure();
    if (inCluster) {
      return OUTCOME_UNKNOWN;
    }
    return failure == null ? "MISCONF The history was lost" : failure.line();
  }
}
