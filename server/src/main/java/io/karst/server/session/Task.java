package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.commands.KeyPositions;
import io.karst.engine.SlotSet;
import io.karst.engine.Tx;
import io.karst.server.resp.ReplyBuffer;
import org.jspecify.annotations.Nullable;

/// A command that has left the event loop: slow by nature or by its arguments, in want of a lock
/// that somebody holds, or held back by a pause.
///
/// It runs on a virtual thread of its own, where it may wait; its connection goes on when it is
/// done, so that replies keep their order. There is at most one a connection.
public final class Task {
  private final Session session;
  private final Route route;

  /// Its own copy of the words.
  private final Args args;

  private long nanos;
  private boolean ran;
  private @Nullable String error;

  Task(Session session, Route route, Args args) {
    this.session = session;
    this.route = route;
    this.args = args;
  }

  /// Runs it. On the event loop.
  ///
  /// - `out`: where the reply goes; the task's until it is done.
  /// - `whenDone`: called on the task's thread, always.
  public void start(ReplyBuffer out, Runnable whenDone) {
    Server server = session.server();
    server.tasks().begin();
    session.ran(route.command, 0, server.clock().wallMillis()); // So that it finds itself listed.
    Thread.ofVirtual().name("slow-", session.id()).start(() -> run(out, whenDone));
  }

  private void run(ReplyBuffer out, Runnable whenDone) {
    try {
      Server server = session.server();
      server.pause().await(route.writes, session);
      if (session.isOpen()) {
        long begin = server.clock().monotonicNanos();
        runNow(server, out);
        nanos = server.clock().monotonicNanos() - begin;
        ran = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      session.server().fatal(failure);
    } finally {
      whenDone.run();
      session.server().tasks().end();
    }
  }

  private void runNow(Server server, ReplyBuffer out) {
    Tx tx = server.engine().borrow();
    try {
      tx.begin(server.clock().wallMillis(), session.database());
      if (session.noTouch() && !route.touches) {
        tx.touches(false);
      }
      lock(tx);
      try {
        error = Runner.write(Runner.run(route, session, tx, args), session, out);
      } finally {
        tx.end();
      }
    } finally {
      server.engine().giveBack(tx);
    }
  }

  private void lock(Tx tx) {
    if (route.locksAll) {
      tx.lockAll();
      return;
    }
    if (route.keyed) {
      KeyPositions positions = new KeyPositions();
      route.command.keyPositions(args, positions);
      SlotSet slots = tx.slots();
      for (int i = 0; i < positions.count(); i++) {
        slots.add(args.key(positions.at(i)).slot());
      }
      tx.lock();
    }
  }

  /// Counts what it did. On the event loop, once it is done.
  void count(WorkerStats stats, long nowMillis) {
    if (ran) {
      session.ran(route.command, 1, nowMillis);
      stats.called(route.index);
      stats.took(route.index, nanos);
      if (error != null) {
        stats.failed(route.index);
        stats.error(error);
      }
    }
  }
}
