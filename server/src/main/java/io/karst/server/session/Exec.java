package io.karst.server.session;

import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import io.karst.engine.Engine;
import io.karst.engine.HeldLongException;
import io.karst.engine.LongWorkException;
import io.karst.engine.SlotSet;
import io.karst.engine.Tx;
import io.karst.engine.Watcher;
import io.karst.keyspace.Key;
import io.karst.lsm.DamagedException;
import io.karst.server.acl.DenialLog;
import io.karst.server.acl.Guard;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.resp.ReplyEncoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `EXEC`: runs what a client has queued as one transaction of the store, under the locks of all
/// keys its commands name or the client watches.
///
/// *Errors.* What makes the whole impossible, for want of room or as the disk fails, is answered
/// once, and nothing has happened. A command that fails is answered in its place, and the others
/// run; unless the client began with `MULTI ATOMIC`: then what the others have done is taken back,
/// and the error is the answer to all.
///
/// *Memory.* Once the first command has changed something none fails for want of memory. As long as
/// nothing has changed the whole may be run again, where room can be made.
///
/// Thread: the one that runs the session's commands.
final class Exec implements Whole {
  private static final String RIGHTS_CHANGED =
      "NOPERM The rights of the user have changed since this command was queued:";
  private static final String BROKEN =
      "EXECABORT Transaction discarded because of previous errors.";

  private final Session session;
  private final Transaction transaction;
  private final List<Call> calls;
  private final Server server;
  private final Guard guard = new Guard();
  private final int database;
  private final boolean wanted;
  private final @Nullable String[] errors;
  private final long[] nanos;
  private final long[] sizes;

  /// Those that have run, by the number of their call.
  private final Map<Integer, ScriptRun> scripts = new TreeMap<>();

  private Durability level;

  /// Whether [#load] is done.
  private boolean loaded;

  /// Whether it runs on an event loop, to be run elsewhere if it would take long.
  private boolean brief;

  /// How many of the commands have run, in the end.
  private int ran;

  /// The line of the answer, if that is an error.
  private @Nullable String error;

  /// Of a session that has queued commands.
  Exec(Session session, Transaction transaction) {
    this.session = session;
    this.transaction = transaction;
    calls = transaction.calls();
    server = session.server();
    database = session.database();
    wanted = session.wantsReply();
    errors = new @Nullable String[calls.size()];
    nanos = new long[calls.size()];
    sizes = new long[calls.size()];
    level = session.level();
  }

  /// Answers without a look at any key, if that can be done.
  ///
  /// - `refusal`: why the commands may not run; null if they may.
  /// - `redirect`: who has to run them instead; null if nobody has to.
  /// - returns: whether it has.
  boolean isDecided(@Nullable String refusal, @Nullable String redirect, ReplyBuffer out) {
    if (refusal != null) {
      fail(Transaction.aborted(refusal), out);
      return true;
    }
    if (transaction.broken()) {
      fail(BROKEN, out);
      return true;
    }
    if (redirect != null) {
      fail(redirect, out);
      return true;
    }
    Watcher watcher = session.watcher();
    if (watcher != null && watcher.touched()) {
      answer(Reply.NIL_ARRAY, out);
      return true;
    }
    return false;
  }

  private void fail(String line, ReplyBuffer out) {
    error = line;
    answer(new Reply.Err(line), out);
  }

  private void answer(Reply reply, ReplyBuffer out) {
    if (wanted) {
      Runner.encode(reply, session, out);
    }
  }

  /// Answers a command that has run.
  private void answer(Tx tx, Reply reply, ReplyBuffer out) {
    try {
      answer(reply, out);
    } catch (Fault.OutOfMemory full) {
      if (tx.unchanged()) {
        throw full;
      }
      answer(Runner.failed(full), out); // What has changed is not to change twice.
    }
  }

  // ---- on an event loop ----

  /// Runs it with what is in memory, if all locks are free; false if it has to be run elsewhere,
  /// and nothing has happened then.
  boolean runHere(Tx tx, long nowMillis, ReplyBuffer out, Seen seen) {
    begin(tx, nowMillis);
    addSlots(tx.slots());
    if (!tx.tryLock()) {
      tx.end();
      return false;
    }
    try {
      tx.prefetch(transaction.keys(), transaction.keyCount());
      if (tx.missing(transaction.keys(), transaction.keyCount())) {
        return false;
      }
      brief = true;
      run(tx, out);
    } catch (Fault.OutOfMemory | LongWorkException elsewhere) {
      return false;
    } finally {
      brief = false;
      tx.end();
    }
    ended(tx, seen);
    return true;
  }

  private void begin(Tx tx, long nowMillis) {
    session.database(database);
    tx.begin(nowMillis, database);
    level = session.level();
    tx.holds(level.holds());
  }

  private void ended(Tx tx, Seen seen) {
    session.wrote(tx.writtenLsn(), seen);
    seen.add(tx, level, true);
  }

  private void addSlots(SlotSet slots) {
    for (int i = 0; i < transaction.keyCount(); i++) {
      slots.add(transaction.keys()[i].slot());
    }
    Watcher watcher = session.watcher();
    if (watcher != null) {
      watcher.addSlots(slots);
    }
  }

  // ---- elsewhere ----

  @Override
  public boolean writes() {
    return transaction.writes() > 0;
  }

  @Override
  public boolean isLong() {
    return transaction.runsScripts();
  }

  @Override
  public @Nullable String runElsewhere(ReplyBuffer out, Seen seen) {
    Engine engine = server.engine();
    Tx tx = engine.borrow();
    try {
      if (writes()) {
        engine.eviction().admit(tx, transaction.count(), transaction.size());
      }
      int attempt = 0;
      while (!attempt(tx, out, seen, attempt)) {
        attempt++;
      }
    } finally {
      engine.giveBack(tx);
    }
    end();
    session.listening().writeEchoes(out);
    return error;
  }

  @Override
  public String refuse(String line, ReplyBuffer out) {
    fail(line, out);
    end();
    return line;
  }

  private boolean attempt(Tx tx, ReplyBuffer out, Seen seen, int attempt) {
    try {
      if (!loaded) {
        load(tx); // Not again: the right to pass the limit is for one transaction of the store.
        loaded = true;
      }
      runOnce(tx, out, seen);
      return true;
    } catch (Fault.OutOfMemory full) {
      if (server.engine().eviction().makeRoom(tx, full, transaction.need(), attempt)) {
        return false;
      }
      fail(full, out);
    } catch (HeldLongException busy) {
      fail(Transaction.aborted(Runner.BUSY.line()), out);
    } catch (Fault | DamagedException failure) {
      fail(failure, out);
    }
    return true;
  }

  private void fail(RuntimeException failure, ReplyBuffer out) {
    if (Runner.failed(failure) instanceof Reply.Err cause) {
      fail(Transaction.aborted(cause.line()), out);
    }
  }

  /// Reads from disk what [#lock] does not: so little is read under the locks as others drop again
  /// meanwhile.
  private void load(Tx tx) {
    if (!transaction.switches() && !transaction.locksAll() && !transaction.runsScripts()) {
      return;
    }
    for (int each : transaction.keyDatabases()) {
      Key[] keys = transaction.keys(each);
      tx.begin(server.clock().wallMillis(), each);
      tx.reach().impatient();
      try {
        tx.lock(keys, keys.length);
      } finally {
        tx.end();
      }
    }
  }

  private void runOnce(Tx tx, ReplyBuffer out, Seen seen) {
    begin(tx, server.clock().wallMillis());
    try {
      lock(tx);
      run(tx, out);
    } finally {
      tx.end();
      ended(tx, seen);
    }
  }

  private void lock(Tx tx) {
    tx.reach().impatient();
    if (transaction.locksAll()) {
      tx.lockAll();
      return;
    }
    if (transaction.runsScripts()) {
      tx.reach().takeTurn(); // For the locks of keys that nobody has named.
      addSlots(tx.slots());
      tx.lock();
      return;
    }
    addSlots(tx.slots());
    Key[] keys = transaction.switches() ? transaction.keys(database) : transaction.keys();
    tx.lock(keys, transaction.switches() ? keys.length : transaction.keyCount());
  }

  // ---- under the locks ----

  /// Runs it.
  ///
  /// - throws [Fault.OutOfMemory] if nothing has changed, and nothing is answered.
  private void run(Tx tx, ReplyBuffer out) {
    ran = 0;
    scripts.clear();
    Watcher watcher = session.watcher();
    if (watcher != null && !tx.stands(watcher)) {
      answer(Reply.NIL_ARRAY, out);
      return;
    }
    if (transaction.demands() > 0) {
      tx.checkFits(transaction.size());
    }
    if (transaction.undoable()) {
      runUndoable(tx, out);
    } else {
      runAsOne(tx, out);
    }
    Durability after = session.level();
    if (after.compareTo(level) > 0) {
      level = after; // It was changed on the way.
      tx.holds(level.holds());
    }
  }

  private void runAsOne(Tx tx, ReplyBuffer out) {
    try {
      if (writes()) {
        tx.reserve(transaction.writes(), transaction.size());
      }
    } catch (Fault.ReadOnly full) {
      fail(full, out);
      return;
    } catch (CommandException tooMuch) {
      fail(Transaction.aborted(tooMuch.line()), out);
      return;
    }
    tx.asOne();
    long start = out.written();
    long drained = out.drained();
    try {
      beginReplies(out);
      long begin = server.clock().monotonicNanos();
      for (Call call : calls) {
        Reply reply = run(tx, call);
        sizes[ran] = -out.written();
        answer(tx, reply, out);
        sizes[ran] += out.written();
        begin = note(reply, begin);
        boolean acted = call.ran().onSession != null && !call.ran().undoable;
        if (acted || out.drained() != drained) {
          tx.told();
        }
      }
    } catch (Fault.OutOfMemory | LongWorkException elsewhere) {
      out.cut(start);
      tx.retract();
      throw elsewhere;
    }
  }

  private void runUndoable(Tx tx, ReplyBuffer out) {
    tx.undoable();
    long start = out.written();
    String failure = null;
    boolean done = false;
    try {
      beginReplies(out);
      long begin = server.clock().monotonicNanos();
      for (int i = 0; i < calls.size() && failure == null; i++) {
        Reply reply = run(tx, calls.get(i));
        failure = reply instanceof Reply.Err cause ? transaction.undone(i, cause.line()) : null;
        sizes[ran] = -out.written();
        answer(tx, reply, out);
        sizes[ran] += out.written();
        begin = note(reply, begin);
      }
      done = failure == null;
    } finally {
      if (!done) {
        out.cut(start);
        tx.rollback();
        session.database(database);
      }
    }
    if (failure != null) {
      fail(failure, out);
    }
  }

  private void beginReplies(ReplyBuffer out) {
    if (wanted) {
      ReplyEncoder.array(calls.size(), out);
    }
  }

  private Reply run(Tx tx, Call call) {
    Route route = call.ran();
    String refusal =
        server
            .access()
            .refusal(guard, session, route.command, call.args(), DenialLog.Context.MULTI);
    if (refusal != null) {
      return new Reply.Err(RIGHTS_CHANGED + refusal.substring(refusal.indexOf(' ')));
    }
    tx.next(session.database());
    if (route.script != null) {
      return runScript(tx, route, call);
    }
    if (session.noTouch() && !route.touches) {
      tx.touches(false);
    }
    Reply reply;
    if (brief && route.onKeys != null) {
      tx.brief(); // Which means nothing once the transaction has changed anything.
      reply = Runner.runBriefly(route, session, tx, call.args());
    } else {
      reply = Runner.run(route, session, tx, call.args());
    }
    return reply instanceof Reply.None ? Reply.OK : reply; // There is a place for it.
  }

  /// A script is a part of this transaction, which may wait for any lock.
  private Reply runScript(Tx tx, Route route, Call call) {
    try {
      ScriptRun run = ScriptRun.of(session, route, call.args());
      scripts.put(ran, run);
      return run.runWithin(tx);
    } catch (CommandException refused) {
      return new Reply.Err(refused.line());
    }
  }

  /// Notes what has come of a command that began at `beginNanos`; returns when it ended.
  private long note(Reply reply, long beginNanos) {
    long now = server.clock().monotonicNanos();
    nanos[ran] = now - beginNanos;
    errors[ran++] = reply instanceof Reply.Err cause ? cause.line() : null;
    return now;
  }

  // ---- afterwards ----

  /// The transaction is over, and nothing is watched any more.
  void end() {
    session.endTransaction();
    if (session.replyMode() == ReplyMode.SKIP_NEXT) {
      session.replyMode(ReplyMode.SKIP); // The command that asked for it has been answered.
    }
  }

  /// The line of its answer, if that is an error.
  @Nullable String error() {
    return error;
  }

  @Override
  public boolean isErrorNew() {
    return true;
  }

  /// Counts the commands that have run. On the event loop.
  @Override
  public void count(WorkerStats stats, long allNanos) {
    scripts.values().forEach(script -> script.count(stats, 0));
    for (int i = 0; i < ran; i++) {
      Route route = calls.get(i).ran();
      CallCosts.ran(stats, session, route, calls.get(i).args(), nanos[i], sizes[i]);
      String line = errors[i];
      if (line != null) {
        stats.failed(route.index);
        stats.error(line);
      }
    }
  }

  @Override
  public boolean isHeld() {
    return transaction.held();
  }

  @Override
  public void show(Route by, Args args) {
    if (!server.monitors().any()) {
      return;
    }
    for (int i = 0; i < ran; i++) {
      Call call = calls.get(i);
      ScriptRun script = scripts.get(i);
      if (script == null) {
        CallCosts.show(session, database, call.ran(), call.args());
      } else {
        script.show(call.ran(), call.args());
      }
    }
    CallCosts.show(session, session.database(), by, args);
  }
}
