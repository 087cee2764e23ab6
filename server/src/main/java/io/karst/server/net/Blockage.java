package io.karst.server.net;

import io.karst.commands.Reply;
import io.karst.server.session.BlockedCall;
import io.karst.server.session.Session;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What keeps a connection from going on: a command that waits for a key, and the end of its time.
///
/// Times are in the event loop's own queue, the deadline or, if that is earlier, when the command
/// is to be run again though no key has changed; one that waits for ever is not there.
/// Thread: the connection's event loop's.
final class Blockage {
  /// The longest time the event loop is asked for; after it, the deadline is looked at again.
  private static final long SLEEP_MAX_MILLIS = TimeUnit.HOURS.toMillis(1);

  /// When to look again whether a command may be taken from whoever is about to serve it.
  private static final long RETRY_MILLIS = 1;

  private final Worker worker;
  private final Session session;
  private final ChannelLink link;
  private @Nullable ScheduledFuture<?> timer;

  /// What the timer is set to, or [Reply.Blocked#FOREVER].
  private long armedMillis = Reply.Blocked.FOREVER;

  Blockage(Worker worker, ChannelLink link, Session session) {
    this.worker = worker;
    this.link = link;
    this.session = session;
  }

  /// Whether there is one.
  boolean stands() {
    return session.blocked() != null;
  }

  /// Whether its command has been run, and its reply is about to be sent.
  boolean isReplied() {
    BlockedCall call = session.blocked();
    return call != null && call.isReplied();
  }

  /// Sees to it that the command that has just begun to wait ends in time.
  void begin() {
    BlockedCall call = session.blocked();
    long until = call == null ? Reply.Blocked.FOREVER : until(call);
    armedMillis = until;
    if (until != Reply.Blocked.FOREVER) {
      sleep(Math.clamp(until - worker.server().clock().wallMillis(), 0, SLEEP_MAX_MILLIS));
    }
  }

  private static long until(BlockedCall call) {
    long deadline = call.deadlineMillis();
    long again = call.againMillis();
    if (deadline == Reply.Blocked.FOREVER || again == Reply.Blocked.FOREVER) {
      return Math.max(deadline, again);
    }
    return Math.min(deadline, again);
  }

  private void sleep(long millis) {
    timer = worker.loop().schedule(this::timeIsOver, millis, TimeUnit.MILLISECONDS);
  }

  private void timeIsOver() {
    timer = null;
    BlockedCall call = session.blocked();
    if (call == null) {
      return;
    }
    long now = worker.server().clock().wallMillis();
    if (isOver(call.deadlineMillis(), now)) {
      if (!call.timeOut()) {
        sleep(RETRY_MILLIS);
      }
    } else if (isOver(call.againMillis(), now) && !call.runAgain()) {
      sleep(RETRY_MILLIS);
    } else {
      begin();
    }
  }

  private static boolean isOver(long millis, long now) {
    return millis != Reply.Blocked.FOREVER && millis <= now;
  }

  /// Ends it if its command is answered; the command, null if it is not.
  @Nullable BlockedCall end() {
    BlockedCall call = session.blocked();
    if (call == null) {
      return null;
    }
    if (!call.isAnswered()) {
      if (until(call) != armedMillis) {
        stopTimer();
        begin();
      }
      return null;
    }
    stopTimer();
    session.blocked(null);
    call.count(worker.stats());
    return call;
  }

  /// Where the reply to a command is that [#end] gave.
  Output reply(BlockedCall call) {
    Output written = link.takeLater();
    if (written != null) {
      return written;
    }
    call.writeTo(worker.output().replies());
    return worker.output();
  }

  /// Gives it up: nobody is there any more. If somebody is serving the command right now, its reply
  /// is still to come.
  void abandon() {
    stopTimer();
    BlockedCall call = session.blocked();
    if (call != null && call.abandon()) {
      session.blocked(null);
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
