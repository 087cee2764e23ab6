package io.karst.server.session;

import io.karst.base.Clock;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import io.karst.engine.Eviction;
import io.karst.engine.SlotSet;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.lua.ScriptWords;
import io.karst.server.resp.ReplyBuffer;
import org.jspecify.annotations.Nullable;

/// Calls of scripts on one event loop.
///
/// Each is a transaction of its own, with its own locks. Of those that came one behind the other in
/// a pipeline the keys are loaded together before the first runs, so that their cache misses
/// overlap.
///
/// Thread: its event loop's.
final class ScriptDesk {
  private final Pause pause;
  private final Clock clock;
  private final WorkerStats stats;
  private final Eviction eviction;
  private final Tx tx;
  private final Seen seen;
  private final ScriptWords words = new ScriptWords();
  private int written;
  private boolean announced;

  /// - `tx`, `seen`: of the event loop.
  ScriptDesk(Server server, WorkerStats stats, Tx tx, Seen seen) {
    this.stats = stats;
    this.tx = tx;
    this.seen = seen;
    pause = server.pause();
    clock = server.clock();
    eviction = server.engine().eviction();
  }

  /// Begins to count anew.
  void begin() {
    written = 0;
    announced = false;
  }

  /// How many have run since the [#begin] that may write.
  int written() {
    return written;
  }

  /// Whether anybody was told of anything since then.
  boolean announced() {
    return announced;
  }

  /// Loads the keys of the calls in a group, if their locks are free.
  void prefetch(Session session, Group group, long nowMillis) {
    if (group.keyCount() < 2) {
      return;
    }
    tx.begin(nowMillis, session.database());
    SlotSet slots = tx.slots();
    Key[] keys = group.keys();
    for (int i = 0; i < group.keyCount(); i++) {
      slots.add(keys[i].slot());
    }
    try {
      if (tx.tryLock()) {
        tx.prefetch(keys, group.keyCount());
      }
    } finally {
      tx.end();
    }
  }

  /// Runs a call; what has to leave the event loop, null if that is not so.
  @Nullable Task run(Session session, Route route, Args args, long nowMillis, ReplyBuffer out) {
    long begin = clock.monotonicNanos();
    long before = out.written();
    String error;
    boolean isNew = true;
    ScriptRun run = null;
    try {
      run = ScriptRun.of(session, route, args);
      if (!runsHere(run, nowMillis, begin, out)) {
        Call call = Call.of(route, args);
        run.leave(call.args());
        return new Task(session, call, run, seen);
      }
      run.count(stats, clock.monotonicNanos() - begin);
      error = run.error();
      isNew = run.isErrorNew();
      written += run.writes() ? 1 : 0;
    } catch (CommandException refused) {
      error = Runner.write(new Reply.Err(refused.line()), session, out);
    }
    announced |= tx.announced();
    session.listening().writeEchoes(out);
    session.ran(route.command, 1, nowMillis);
    if (error != null) {
      stats.failed(route.index);
      if (isNew) {
        stats.error(error);
      }
    }
    if (run != null) {
      run.show(route, args);
    }
    long nanos = clock.monotonicNanos() - begin;
    CallCosts.ran(stats, session, route, args, nanos, out.written() - before);
    return null;
  }

  private boolean runsHere(ScriptRun run, long nowMillis, long nowNanos, ReplyBuffer out) {
    boolean held = pause.holds(run.isHeld()) || (run.writes() && eviction.starved());
    if (held || run.leaves()) {
      return false;
    }
    if (run.writes() && eviction.pressed()) {
      eviction.relieve(tx, 1, nowMillis);
    }
    return run.runHere(tx, words, nowMillis, nowNanos, out, seen);
  }
}
