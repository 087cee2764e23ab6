package io.karst.server.session;

import io.karst.base.Fault;
import io.karst.commands.KeyPositions;
import io.karst.commands.Reply;
import io.karst.engine.HeldLongException;
import io.karst.engine.Need;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.lsm.DamagedException;
import io.karst.server.resp.ReplyBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commands that have left the event loop: one that is slow by nature or by its arguments, in want
/// of a lock that somebody holds, or held back by a pause; or a group of which keys are on disk,
/// which are read together, or that writes while writers are held back; or one that found no
/// memory; or a transaction or a script of which one of
/// these is true.
///
/// It runs on a virtual thread of its own, where it may wait. One that only has to read begins on a
/// thread that calls the disk itself ([Tasks#onDiskThread]), two hand-offs fewer, and goes on there
/// unless it has to wait for memory. Its connection goes on when it is done, so that replies keep
/// their order. There is at most one a connection. Several commands that
/// make many bytes of replies run in legs: the next begins when the client has taken the replies of
/// the one before. A command that waits for a key ends a leg, too: the next begins when it is
/// answered.
public final class Task {
  /// Bytes of replies after which a leg ends.
  private static final int LEG_REPLIES_SIZE = 1 << 20;

  private static final String ROLE_CHANGED =
      "TRYAGAIN The server has another role in its cluster than when this came; it has not run";

  private final Session session;
  private final List<Call> calls;

  /// Whether the next leg begins on a thread that may read and not wait.
  private boolean cold;

  /// What the only call runs, if that is more than a command.
  private final @Nullable Whole whole;

  private final @Nullable String[] errors;
  private final Seen seen = new Seen();

  /// The calls of the latest leg are those from `begun` to `next`.
  private int begun;

  private int next;

  /// Those before this one have been shown to monitors.
  private int shown;

  /// How many calls a leg has at most.
  private int legCalls;

  private boolean abandoned;

  /// The server's place in its cluster, null without one, and in which reign the calls were let in.
  private final @Nullable Membership membership;

  private final long reign;

  /// How long each call took by itself, and since when nothing of the leg is in there; what went by
  /// besides, for locks and for the disk, they share.
  private final long[] nanos;

  /// Bytes of the reply of each call.
  private final long[] sizes;

  private long markNanos;
  private long aroundNanos;

  /// The command of the latest leg that waits for a key, until its transaction has ended.
  private @Nullable BlockedCall blocked;

  /// - `cold`: whether they are away because they have to read from disk.
  /// - `admitted`: of the reign in which they were let in.
  Task(Session session, List<Call> calls, boolean cold, Seen admitted) {
    this(session, calls, cold, null, admitted);
  }

  /// - `call`: which runs `whole`.
  Task(Session session, Call call, Whole whole, Seen admitted) {
    this(session, List.of(call), false, whole, admitted);
  }

  private Task(
      Session session, List<Call> calls, boolean cold, @Nullable Whole whole, Seen admitted) {
    reign = admitted.reign();
    membership = session.server().membership();
    this.session = session;
    this.calls = calls;
    this.cold = cold;
    this.whole = whole;
    errors = new @Nullable String[calls.size()];
    nanos = new long[calls.size()];
    sizes = new long[calls.size()];
    legCalls = calls.size();
  }

  /// Runs the next leg. On the event loop.
  ///
  /// - `out`: where the replies go; the task's until it is done.
  /// - `whenDone`: called on the task's thread, always.
  public void start(ReplyBuffer out, Runnable whenDone) {
    Server server = session.server();
    server.tasks().begin();
    begun = next;
    aroundNanos = 0;
    seen.begin(server.standing(), server.engine().log());
    Route last = calls.getLast().route();
    if (last != null) {
      session.ran(last.command, 0, server.clock().wallMillis()); // So that it finds itself listed.
    }
    cold &= !(writes() && server.engine().eviction().holds()) && !server.pause().holds(isHeld());
    if (cold) {
      server.tasks().onDiskThread(() -> run(out, whenDone));
    } else {
      runElsewhere(out, whenDone);
    }
  }

  private void runElsewhere(ReplyBuffer out, Runnable whenDone) {
    if (runsLua()) {
      session.server().tasks().onScriptThread(() -> run(out, whenDone));
      return;
    }
    Thread.ofVirtual().name("slow-", session.id()).start(() -> run(out, whenDone));
  }

  /// Whether the session may begin to listen to messages on the way: none is to arrive before the
  /// reply that says so.
  public boolean mayListen() {
    Route first = calls.getFirst().route();
    return whole != null || (first != null && first.onSession != null);
  }

  /// Whether every command has run, or nobody is there to answer.
  public boolean isDone() {
    return next == calls.size();
  }

  /// Whether it has ended without an answer to each command, as the server or the client has: what
  /// the client has sent after them is not to be run, or it would take those answers for theirs.
  public boolean isAbandoned() {
    return abandoned;
  }

  /// What the replies of the latest leg tell. Once it is done.
  public Seen seen() {
    return seen;
  }

  private void run(ReplyBuffer out, Runnable whenDone) {
    boolean goesOn = false;
    try {
      Server server = session.server();
      server.pause().await(isHeld(), session::isOpen);
      if (session.isOpen() && !server.isEnding()) {
        markNanos = server.clock().monotonicNanos();
        goesOn = !runAdmitted(server, out);
        aroundNanos += lap();
      } else {
        giveUp();
      }
    } catch (InterruptedException e) {
      giveUp();
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      session.server().fatal(failure);
    } finally {
      if (goesOn) {
        runElsewhere(out, whenDone);
      } else {
        whenDone.run();
        session.server().tasks().end();
      }
    }
  }

  /// The time since the latest call.
  private long lap() {
    long now = session.server().clock().monotonicNanos();
    long lap = now - markNanos;
    markNanos = now;
    return lap;
  }

  /// Whether it needs the stack of a thread of scripts.
  private boolean runsLua() {
    Route route = calls.getFirst().route();
    return whole == null ? route != null && route.runsLua : whole.isLong();
  }

  private boolean writes() {
    if (whole != null) {
      return whole.writes();
    }
    for (Call call : calls) {
      if (call.route() != null && call.route().writes) {
        return true;
      }
    }
    return false;
  }

  /// Whether a pause of writes holds it.
  private boolean isHeld() {
    if (whole != null) {
      return whole.isHeld();
    }
    for (Call call : calls) {
      if (call.route() != null && call.route().held) {
        return true;
      }
    }
    return false;
  }

  /// What the calls of the next leg bring, in bytes.
  private long size() {
    long size = 0;
    for (Call call : calls.subList(next, Math.min(next + legCalls, calls.size()))) {
      size += call.args().size();
    }
    return size;
  }

  private void giveUp() {
    abandoned = true;
    next = calls.size();
    begun = next;
  }

  /// As [#runNow]; answers the calls with errors if the server may not run them any more.
  private boolean runAdmitted(Server server, ReplyBuffer out) {
    if (membership == null || !touchesKeys()) {
      return runNow(server, out);
    }
    if (!membership.underway().enter(reign)) {
      refuse(new Routing(membership, server.config()), out);
      return true;
    }
    try {
      return runNow(server, out);
    } finally {
      membership.underway().exit();
    }
  }

  private boolean touchesKeys() {
    for (Call call : calls) {
      Route route = call.route();
      if (route != null && route.inCluster.target() != ClusterRoute.Target.NOTHING) {
        return true;
      }
    }
    return whole != null;
  }

  private void refuse(Routing routing, ReplyBuffer out) {
    while (next < calls.size()) {
      Call call = calls.get(next);
      Route route = call.route();
      String line = route == null ? call.refusal() : routing.refusal(session, route, call.args());
      String told = line == null ? ROLE_CHANGED : line;
      if (whole == null) {
        answer(new Reply.Err(told), out);
      } else {
        errors[next] = whole.refuse(told, out);
        nanos[next++] = lap();
      }
    }
  }

  /// Runs a leg; whether it is done, or has to go on where it may wait.
  private boolean runNow(Server server, ReplyBuffer out) {
    if (whole != null) {
      errors[next] = whole.runElsewhere(out, seen);
      nanos[next++] = lap();
      return true;
    }
    Route route = calls.getFirst().route();
    if (route != null && route.onSession != null) {
      show(route, calls.getFirst());
      answer(Runner.run(route, session, null, calls.getFirst().args()), out);
      return true;
    }
    Tx tx = server.engine().borrow();
    try {
      if (writes()) {
        server.engine().eviction().admit(tx, calls.size() - next, size());
      }
      return runUntilRoom(server, tx, out);
    } finally {
      server.engine().giveBack(tx);
    }
  }

  /// Runs a leg; where a command finds no memory, makes room and goes on with it, or lets it go on
  /// elsewhere; whether it is done.
  private boolean runUntilRoom(Server server, Tx tx, ReplyBuffer out) {
    int attempt = 0;
    while (true) {
      int before = next;
      try {
        runOnce(server, tx, out);
        return true;
      } catch (Fault.OutOfMemory full) {
        if (cold) {
          cold = false;
          tx.tidy(); // What it has in hand is missing elsewhere.
          return false;
        }
        attempt = next == before ? attempt : 0;
        Route route = calls.get(next).route();
        Need need = route == null ? Need.READ : route.need;
        if (!server.engine().eviction().makeRoom(tx, full, need, attempt++)) {
          answer(Runner.failed(full), out);
          return true;
        }
      }
    }
  }

  private void runOnce(Server server, Tx tx, ReplyBuffer out) {
    Durability level = session.level();
    tx.begin(server.clock().wallMillis(), session.database());
    tx.holds(level.holds());
    tx.reach().impatient();
    try {
      runLocked(tx, out);
    } finally {
      tx.end();
      session.wrote(tx.writtenLsn(), seen);
      seen.add(tx, level, touchesKeys());
      session.listening().writeEchoes(out);
      if (blocked != null) {
        blocked.entered(tx, level, seen);
        blocked = null;
      }
    }
  }

  private void runLocked(Tx tx, ReplyBuffer out) {
    int end = Math.min(next + legCalls, calls.size());
    try {
      lock(tx, calls.subList(next, end));
    } catch (Fault | DamagedException | HeldLongException failure) {
      if (end - next > 1) {
        legCalls = 1; // The others are not to suffer for one of them.
        return;
      }
      if (failure instanceof Fault.OutOfMemory full) {
        throw full;
      }
      answer(Runner.failed(failure), out);
      return;
    }
    aroundNanos += lap();
    do {
      Reply reply = reply(tx, calls.get(next));
      if (reply instanceof Reply.Blocked waits) {
        blocked = BlockedCall.begin(session, calls.get(next), tx, waits);
        nanos[next++] = lap();
        return;
      }
      answer(reply, out);
    } while (next < end && out.drained() < LEG_REPLIES_SIZE);
  }

  private static void lock(Tx tx, List<Call> leg) {
    Key[] keys = new Key[leg.size()];
    int count = 0;
    for (Call call : leg) {
      Route route = call.route();
      if (route != null && route.command.isLockingAll(call.args())) {
        tx.lockAll();
        return;
      }
      if (route != null && route.keyed) {
        KeyPositions positions = new KeyPositions();
        route.command.keyPositions(call.args(), positions);
        keys = Arrays.copyOf(keys, Math.max(keys.length, count + positions.count()));
        for (int i = 0; i < positions.count(); i++) {
          keys[count++] = call.args().key(positions.at(i));
        }
      }
    }
    if (count > 0) {
      tx.lock(keys, count);
    }
  }

  private Reply reply(Tx tx, Call call) {
    Route route = call.route();
    if (route == null) {
      return new Reply.Err(call.refusal());
    }
    show(route, call);
    tx.next(session.database());
    if (session.noTouch() && !route.touches) {
      tx.touches(false);
    }
    return Runner.run(route, session, tx, call.args());
  }

  /// Shows a command that is about to run to those who monitor, once.
  private void show(Route route, Call call) {
    if (shown <= next) {
      shown = next + 1;
      CallCosts.show(session, session.database(), route, call.args());
    }
  }

  /// Writes the reply to the next command.
  private void answer(Reply reply, ReplyBuffer out) {
    long before = out.written();
    errors[next] = Runner.write(reply, session, out);
    sizes[next] = out.written() - before;
    nanos[next++] = lap();
  }

  /// Counts what the latest leg did. On the event loop, once it is done.
  void count(WorkerStats stats, long nowMillis) {
    boolean counted = false;
    if (whole != null && begun < next) {
      whole.count(stats, nanos[begun]);
      counted = !whole.isErrorNew();
      whole.show(calls.getFirst().ran(), calls.getFirst().args());
    }
    long share = aroundNanos / Math.max(1, next - begun);
    for (int i = begun; i < next; i++) {
      Route route = calls.get(i).route();
      String error = errors[i];
      if (route != null) {
        session.ran(route.command, waits(i) ? 0 : 1, nowMillis);
        count(stats, i, route, nanos[i] + share);
        if (error != null) {
          stats.failed(route.index);
        }
      }
      if (error != null && !counted) {
        stats.error(error);
      }
    }
  }

  /// Whether a call is the one that waits for a key: it counts when it is answered.
  private boolean waits(int index) {
    return index == next - 1 && session.blocked() != null;
  }

  private void count(WorkerStats stats, int index, Route route, long took) {
    if (waits(index)) {
      stats.began(route.index, took);
      return;
    }
    CallCosts.ran(stats, session, route, calls.get(index).args(), took, sizes[index]);
  }
}
