package io.karst.server.session;

import io.karst.base.Clock;
import io.karst.base.Fault;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import io.karst.engine.Eviction;
import io.karst.engine.LongWorkException;
import io.karst.engine.SlotSet;
import io.karst.engine.Tx;
import io.karst.history.Log;
import io.karst.keyspace.Key;
import io.karst.server.messages.Exchange;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.resp.ReplyEncoder;
import io.karst.server.resp.RequestDecoder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The way from a connection's input to its replies, for the connections of one event loop.
///
/// The input is cut into [Group]s of short commands on keys ([Intake]). The locks of a group are
/// taken together, its keys are loaded together so that their cache misses overlap, and each
/// command's reply is encoded before the locks are released: it may be a view of a record. Between
/// groups stand the commands that concern the connection or the keyspace as a whole, and those that
/// have to leave the event loop as a [Task]. Between `MULTI` and `EXEC` commands are queued
/// ([Queuer]), to be run as one ([Exec]).
///
/// If a lock of a group is not free within a moment, its commands are tried one by one, and the
/// one whose lock is not free leaves the event loop. If keys of a group are on disk only, or if it
/// writes while memory is short, the group leaves the event loop as a whole. A command that
/// finds no memory leaves it, too, if room may be made, and one that finds that it would take long
/// ([Tx#brief]). A group also ends when it has filled the
/// reply buffer; what has not run is decoded again later.
///
/// What a group costs is counted by [GroupCosts]. Thread: its event loop's.
public final class Dispatcher {
  /// What [#runGroup] answers if a lock was not free, the group has to wait for memory, the first
  /// command found none or takes long, or keys are to be read from disk.
  private static final int CONTENDED = 0;

  private static final int LATER = -1;
  private static final int CRAMPED = -2;
  private static final int COLD = -3;

  /// How long those rest who publish while too many messages wait for an event loop.
  private static final long PRESSED_REST_NANOS = 1_000_000;

  /// Why [#run] came back.
  public enum Stop {
    /// The rest of the input is the beginning of a request, or nothing.
    NEEDS_INPUT,
    /// The reply buffer was full: once it is empty, the rest may be run.
    OUTPUT_FULL,
    /// A command has to leave the event loop ([#task]); the rest may be run after it.
    TASK,
    /// A command waits for a key ([Session#blocked]); the rest may be run after it is answered.
    BLOCKED,
    /// The client is not to be listened to for a while ([Session#takeRestMillis]); the rest may be
    /// run after it.
    REST,
    /// The connection is to be closed once the replies are written; the rest is not run.
    CLOSE
  }

  private final Pause pause;
  private final Exchange exchange;
  private final Clock clock;
  private final WorkerStats stats;
  private final Eviction eviction;
  private final Log log;
  private final Tx tx;
  private final Group group = new Group();
  private final Intake intake;
  private final Queuer queuer;
  private final GroupCosts costs;
  private final Seen seen = new Seen();
  private final ScriptDesk scripts;
  private @Nullable Task task;
  private long nowMillis;

  /// How many commands ran in groups and transactions that write, in the latest [#run].
  private int written;

  /// The bytes of those among them that had been queued.
  private long writtenLater;

  /// Whether anybody was told of anything in the latest [#run].
  private boolean announced;

  /// The level of the session.
  private Durability level = Durability.NONE;

  public Dispatcher(Server server, WorkerStats stats) {
    this.stats = stats;
    pause = server.pause();
    exchange = server.exchange();
    clock = server.clock();
    eviction = server.engine().eviction();
    log = server.engine().log();
    tx = server.engine().newTx();
    intake = new Intake(server, stats, group);
    queuer = new Queuer(server, stats, intake);
    costs = new GroupCosts(server, stats, group);
    scripts = new ScriptDesk(server, stats, tx, seen);
  }

  /// Runs the requests in `array[from..to)`, in order, and writes their replies to `out`.
  ///
  /// Afterwards the input from [#position] on is what has not run.
  public Stop run(
      Session session, RequestDecoder from, byte[] array, int start, int to, ReplyBuffer out) {
    intake.begin(session, from, array, start, to);
    written = 0;
    writtenLater = 0;
    announced = false;
    scripts.begin();
    nowMillis = clock.wallMillis();
    seen.begin(intake.admission().standing(), log);
    Stop stop = null;
    while (stop == null) {
      stop = step(session, out);
    }
    return stop;
  }

  /// The first byte of the input that is still to be run.
  public int position() {
    return intake.position();
  }

  /// What the replies of the latest [#run] tell.
  public Seen seen() {
    return seen;
  }

  /// For how many nanoseconds the client is not to be listened to after the latest [#run], as it
  /// has written more than checkpoints keep up with, or sent more messages than are delivered; 0 as
  /// a rule.
  ///
  /// - `bytes`: of input that ran.
  public long restNanos(int bytes) {
    boolean told = announced || scripts.announced();
    int writing = written + scripts.written();
    long pressed = told && exchange.isPressed() ? PRESSED_REST_NANOS : 0;
    return writing == 0
        ? pressed
        : Math.max(pressed, eviction.restNanos(writing, bytes + writtenLater));
  }

  /// What has to leave the event loop.
  public Task task() {
    return Objects.requireNonNull(task);
  }

  /// Counts a task that is done.
  public void finished(Task done) {
    done.count(stats, clock.wallMillis());
  }

  /// Lets go of the latest input.
  public void forgetInput() {
    intake.forget();
  }

  /// Gives others what it does not need: between two commands, now and then.
  public void tidy() {
    tx.tidy();
  }

  /// Gives back what it holds of the engine.
  public void close() {
    tx.close();
  }

  /// Runs one group and what follows it; null to go on.
  private @Nullable Stop step(Session session, ReplyBuffer out) {
    Intake.End ended = fill(session, out);
    if (group.isOfScripts()) {
      Stop stop = runScripts(session, out);
      if (stop != null) {
        return stop;
      }
    } else if (group.size() > 0) {
      int ran = runGroup(session, out);
      if (ran == CONTENDED) {
        return contended(session);
      }
      if (ran == LATER || ran == COLD) {
        return leave(session, ran == COLD);
      }
      if (ran == CRAMPED) {
        return leaveFirst(session);
      }
      if (session.blocked() != null) {
        intake.goTo(group.end(ran - 1));
        return Stop.BLOCKED;
      }
      if (ran < group.size()) {
        return stopBefore(group.start(ran));
      }
    }
    return switch (ended) {
      case FULL -> whenFull(out);
      case INCOMPLETE -> Stop.NEEDS_INPUT;
      case SINGLE -> {
        if (out.drained() > 0) {
          yield stopBefore(intake.singleStart());
        }
        yield runSingle(session, intake.single(), out);
      }
      case BROKEN -> {
        stats.error(intake.brokenLine());
        ReplyEncoder.error(intake.brokenLine(), out);
        yield Stop.CLOSE;
      }
      case ABUSE -> Stop.CLOSE;
    };
  }

  private Intake.End fill(Session session, ReplyBuffer out) {
    if (session.transaction() == null) {
      return intake.fill(session);
    }
    group.clear();
    return queuer.queue(session, nowMillis, out);
  }

  private static @Nullable Stop whenFull(ReplyBuffer out) {
    return out.drained() > 0 ? Stop.OUTPUT_FULL : null;
  }

  /// Goes back to a request that has not run.
  private Stop stopBefore(int start) {
    intake.goTo(start);
    return Stop.OUTPUT_FULL;
  }

  // ---- running ----

  /// Runs the group until the reply buffer is full or memory is; returns how many ran,
  /// [#CONTENDED], [#LATER], [#CRAMPED] or [#COLD].
  private int runGroup(Session session, ReplyBuffer out) {
    costs.begin();
    if (group.writes() && eviction.starved()) {
      return LATER;
    }
    if (group.demands() > 0 && eviction.pressed()) {
      eviction.relieve(tx, group.demands(), nowMillis);
    }
    begin(session);
    SlotSet slots = tx.slots();
    Key[] keys = group.keys();
    for (int i = 0, count = group.keyCount(); i < count; i++) {
      slots.add(keys[i].slot());
    }
    if (!tx.tryLock()) {
      tx.end();
      return CONTENDED;
    }
    int ran = COLD;
    try {
      tx.prefetch(keys, group.keyCount());
      if (!tx.missing(keys, group.keyCount())) {
        ran = runMembers(session, out);
      }
    } finally {
      tx.end();
    }
    if (ran < 0) {
      return ran;
    }
    ended(session, true);
    BlockedCall blocked = session.blocked();
    if (blocked != null) {
      blocked.entered(tx, level, seen);
    }
    intake.ran(ran);
    costs.end(session, ran, nowMillis);
    written += group.writes() ? ran : 0;
    return ran;
  }

  private int runMembers(Session session, ReplyBuffer out) {
    int ran = 0;
    try {
      do {
        runMember(ran, session, out);
        ran++;
      } while (ran < group.size() && out.drained() == 0 && session.blocked() == null);
    } catch (Fault.OutOfMemory | LongWorkException elsewhere) {
      return ran == 0 ? CRAMPED : ran;
    }
    return ran;
  }

  private void runMember(int index, Session session, ReplyBuffer out) {
    Route route = group.route(index);
    if (route == null) {
      refuse(index, session, out);
      return;
    }
    costs.before(index, route, out);
    run(route, index, session, out);
    costs.after(index, route, out);
  }

  private void refuse(int index, Session session, ReplyBuffer out) {
    String line = group.refusal(index);
    stats.error(line);
    if (session.wantsReply()) {
      ReplyEncoder.error(line, out);
    }
  }

  private void run(Route route, int index, Session session, ReplyBuffer out) {
    tx.next(session.database());
    tx.brief();
    if (session.noTouch() && !route.touches) {
      tx.touches(false);
    }
    Reply reply = Runner.runBriefly(route, session, tx, group.args(index));
    if (reply instanceof Reply.Blocked waits) {
      BlockedCall.begin(session, Call.of(route, group.args(index)), tx, waits);
      return;
    }
    noteError(route, Runner.write(reply, session, out));
  }

  /// A lock was not free: tries one by one, and then elsewhere.
  private @Nullable Stop contended(Session session) {
    if (group.size() == 1) {
      return leaveFirst(session);
    }
    intake.oneByOne();
    return null;
  }

  private @Nullable Stop runSingle(Session session, Route route, ReplyBuffer out) {
    Transaction transaction = session.transaction();
    if (transaction != null && route.control == Route.Control.EXEC) {
      return runTransaction(session, transaction, route, out);
    }
    Args args = group.args(group.size());
    if (route.script != null) {
      return runScript(session, route, args, out);
    }
    boolean heavy = route.inTx && route.keyed;
    if (heavy || route.locksAll || pause.holds(route.held) || route.command.isSlow(args)) {
      return leave(session, route, args);
    }
    session.ran(route.command, 0, nowMillis);
    CallCosts.show(session, session.database(), route, args);
    long begin = clock.monotonicNanos();
    long written = out.written();
    Reply reply;
    if (route.onSession != null) {
      reply = Runner.run(route, session, tx, args);
      noteError(route, Runner.write(reply, session, out));
      intake.limit(session);
    } else {
      runUnlocked(session, route, args, out);
    }
    long nanos = clock.monotonicNanos() - begin;
    session.counted(1);
    CallCosts.ran(stats, session, route, args, nanos, out.written() - written);
    return after(session, out);
  }

  /// What comes after a command that was run on its own.
  private static @Nullable Stop after(Session session, ReplyBuffer out) {
    if (session.closesAfterReply() || session.killed()) {
      return Stop.CLOSE;
    }
    return session.restMillis() > 0 ? Stop.REST : whenFull(out);
  }

  /// Runs a group of calls of scripts, one by one; null if all have run.
  private @Nullable Stop runScripts(Session session, ReplyBuffer out) {
    scripts.prefetch(session, group, nowMillis);
    for (int i = 0; i < group.size(); i++) {
      if (out.drained() > 0) {
        return stopBefore(group.start(i));
      }
      Route route = group.route(i);
      if (route == null) {
        refuse(i, session, out);
        continue;
      }
      Stop stop = runScript(session, route, group.args(i), out);
      if (stop != null) {
        intake.goTo(group.end(i));
        return stop;
      }
    }
    intake.ran(group.size());
    return null;
  }

  private @Nullable Stop runScript(Session session, Route route, Args args, ReplyBuffer out) {
    task = scripts.run(session, route, args, nowMillis, out);
    return task == null ? after(session, out) : Stop.TASK;
  }

  private @Nullable Stop runTransaction(
      Session session, Transaction transaction, Route route, ReplyBuffer out) {
    long begin = clock.monotonicNanos();
    Exec exec = new Exec(session, transaction);
    boolean writes = exec.writes();
    if (!isDecided(exec, session, transaction, out)) {
      boolean held = pause.holds(exec.isHeld()) || (writes && eviction.starved());
      if (held || transaction.leaves() || !runsHere(exec, transaction, out)) {
        task = new Task(session, Call.of(route, group.args(0)), exec, seen);
        return Stop.TASK;
      }
      if (writes) {
        written += transaction.writes();
        writtenLater += transaction.size();
      }
    }
    exec.end();
    announced |= tx.announced();
    session.listening().writeEchoes(out);
    intake.limit(session);
    long nanos = clock.monotonicNanos() - begin;
    session.ran(route.command, 1 + transaction.count(), nowMillis);
    exec.count(stats, nanos);
    exec.show(route, group.args(0));
    stats.called(route.index, nanos);
    noteError(route, exec.error());
    return after(session, out);
  }

  private boolean isDecided(Exec exec, Session session, Transaction transaction, ReplyBuffer out) {
    Admission admission = intake.admission();
    String refusal = admission.refusal(session, transaction);
    String redirect = admission.redirect(session, transaction);
    return exec.isDecided(refusal, redirect, out);
  }

  private boolean runsHere(Exec exec, Transaction transaction, ReplyBuffer out) {
    if (transaction.demands() > 0 && eviction.pressed()) {
      eviction.relieve(tx, transaction.demands(), nowMillis);
    }
    return exec.runHere(tx, nowMillis, out, seen);
  }

  private void runUnlocked(Session session, Route route, Args args, ReplyBuffer out) {
    begin(session);
    try {
      noteError(route, Runner.write(Runner.run(route, session, tx, args), session, out));
    } finally {
      tx.end();
    }
    ended(session, route.roams);
    session.listening().writeEchoes(out);
  }

  private void begin(Session session) {
    tx.begin(nowMillis, session.database());
    level = session.level();
    tx.holds(level.holds());
  }

  private void ended(Session session, boolean looked) {
    session.wrote(tx.writtenLsn(), seen);
    seen.add(tx, level, looked);
    announced |= tx.announced();
  }

  /// The whole group leaves the event loop.
  private Stop leave(Session session, boolean cold) {
    intake.goTo(group.end(group.size() - 1));
    task = new Task(session, group.detached(), cold, seen);
    return Stop.TASK;
  }

  /// The first command of the group leaves the event loop, the others are run after it.
  private Stop leaveFirst(Session session) {
    intake.goTo(group.end(0));
    return leave(session, Objects.requireNonNull(group.route(0)), group.args(0));
  }

  private Stop leave(Session session, Route route, Args args) {
    task = new Task(session, List.of(Call.of(route, args)), false, seen);
    return Stop.TASK;
  }

  private void noteError(Route route, @Nullable String line) {
    if (line != null) {
      stats.failed(route.index);
      stats.error(line);
    }
  }
}
