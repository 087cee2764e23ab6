package io.karst.server.session;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import io.karst.engine.Engine;
import io.karst.engine.HeldLongException;
import io.karst.engine.LongWorkException;
import io.karst.engine.Need;
import io.karst.engine.SlotSet;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.lsm.DamagedException;
import io.karst.lua.ScriptFlag;
import io.karst.lua.ScriptWords;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.scripts.RunningScript;
import io.karst.server.scripts.Script;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A call of a script or a function, which is one transaction of the store.
///
/// *Locks.* Those of the keys that the call names are taken first, together. A key that it does
/// not name is locked when the script comes to it, if its lock is free at that moment. If not, or
/// if the key is on disk only, everything is taken back, unseen by anybody, and the script begins
/// again with what it has met so far. After [#ATTEMPTS_MAX] attempts it takes the *turn*
/// ([io.karst.engine.Reach]), with which any lock may be waited for.
///
/// *What cannot be taken back* is a change to a large value, and to whole databases: before the
/// first of them the script has to have the turn, or begins again with it, and goes on to its end
/// then.
///
/// *Where.* It begins on the event loop, if its locks are free and its keys are in memory, and is
/// taken back and begun again on a thread of scripts if that takes longer than [#LOOP_NANOS], or
/// needs what there is not to be had on an event loop.
///
/// Thread: the one that runs the session's commands.
final class ScriptRun implements Whole {
  /// How long a script may keep an event loop, if it has looked up so often meanwhile: its thread
  /// may just have had no processor, or its code may not be compiled yet.
  static final long LOOP_NANOS = 1_000_000;

  private static final int LOOP_LOOKS = 200;

  /// How often it is asked until there is a look at the clock.
  private static final int LOOKS_A_CLOCK = 4;

  /// How long in any case.
  private static final long LOOP_NANOS_MAX = 5_000_000;

  /// How many attempts are made before the turn is taken.
  private static final int ATTEMPTS_MAX = 3;

  /// How many keys a call may name to be run on an event loop.
  private static final int LOOP_KEYS_MAX = 64;

  /// How many bytes.
  private static final int LOOP_SIZE_MAX = 1 << 20;

  /// How many changes are made ready for, where memory is short.
  private static final int CHANGES = 16;

  private final Session session;
  private final Server server;
  private final Script script;
  private final int numberAt;
  private final int keyCount;
  private final boolean readOnly;
  private final int database;
  private final boolean wanted;
  private final ScriptPlan plan = new ScriptPlan();
  private final ScriptCounts counts = new ScriptCounts();
  private Args args;
  private Durability level;
  private @Nullable RunningScript running;
  private long beganNanos;

  /// How often it was asked on an event loop whether it is over.
  private int looks;

  /// The line of the answer, if that is an error.
  private @Nullable String error;

  /// - `args`: of the call; `numberAt` is the index of the number of its keys.
  private ScriptRun(
      Session session, Script script, Args args, int numberAt, int keyCount, boolean readOnly) {
    this.session = session;
    this.script = script;
    this.args = args;
    this.numberAt = numberAt;
    this.keyCount = keyCount;
    this.readOnly = readOnly;
    server = session.server();
    database = session.database();
    level = session.level();
    wanted = session.wantsReply();
  }

  /// The call that `args` make.
  ///
  /// - throws [CommandException] if they make none, or it is not allowed.
  static ScriptRun of(Session session, Route route, Args args) {
    ScriptRoute kind = route.scripted();
    int keys = kind.keyCount(args);
    Script script = kind.find(session.server(), args);
    return new ScriptRun(session, script, args, ScriptRoute.NUMBER_AT, keys, kind.readOnly());
  }

  Session session() {
    return session;
  }

  Script script() {
    return script;
  }

  ScriptPlan plan() {
    return plan;
  }

  ScriptCounts counts() {
    return counts;
  }

  boolean readOnly() {
    return readOnly;
  }

  Args args() {
    return args;
  }

  int firstKey() {
    return numberAt + 1;
  }

  int keyCount() {
    return keyCount;
  }

  /// Whether it may write.
  @Override
  public boolean writes() {
    return !readOnly && !script.has(ScriptFlag.NO_WRITES);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  /// Whether it is not even tried on an event loop.
  boolean leaves() {
    return script.leaves() || keyCount > LOOP_KEYS_MAX || args.size() > LOOP_SIZE_MAX;
  }

  /// It goes elsewhere, with words that last.
  void leave(Args lasting) {
    args = lasting;
  }

  // ---- on an event loop ----

  /// Runs it with what is in memory, if all locks are free; false if it has to be run elsewhere,
  /// and nothing has happened then.
  boolean runHere(
      Tx tx, ScriptWords words, long nowMillis, long nowNanos, ReplyBuffer out, Seen seen) {
    beganNanos = nowNanos;
    begin(tx, nowMillis);
    words.reset();
    addSlots(tx.slots());
    if (!tx.tryLock()) {
      tx.end();
      return false;
    }
    Key[] keys = keys();
    boolean done = false;
    try {
      tx.prefetch(keys, keys.length);
      if (!tx.missing(keys, keys.length)) {
        ScriptHost host = new ScriptHost(this, tx, ScriptHost.Place.LOOP, words, false, false);
        finish(tx, run(tx, host), out);
        done = true;
      }
    } catch (Again elsewhere) {
      noteLeaving(elsewhere);
    } finally {
      end(tx, done);
    }
    if (done) {
      ended(tx, seen);
    }
    return done;
  }

  private void noteLeaving(Again elsewhere) {
    switch (elsewhere.reason()) {
      case ALL, FINAL, LONG -> script.left();
      case KEYS, MEMORY -> {} // As it happens.
    }
  }

  private void begin(Tx tx, long nowMillis) {
    session.database(database);
    counts.clear();
    tx.begin(nowMillis, database);
    if (script.has(ScriptFlag.ALLOW_OOM)) {
      tx.passesLimit();
    }
    level = session.level();
    tx.holds(level.holds());
  }

  private void addSlots(SlotSet slots) {
    for (int i = 0; i < keyCount; i++) {
      slots.add(args.key(firstKey() + i).slot());
    }
    plan.addSlots(slots);
  }

  private Key[] keys() {
    Key[] keys = new Key[keyCount];
    for (int i = 0; i < keyCount; i++) {
      keys[i] = args.key(firstKey() + i);
    }
    return keys;
  }

  /// Ends a transaction; what it has done stays only if the script is `done`.
  private void end(Tx tx, boolean done) {
    try {
      if (!done && tx.revocable()) {
        tx.rollback();
      }
    } finally {
      session.database(database);
      tx.end();
    }
  }

  private void ended(Tx tx, Seen seen) {
    session.wrote(tx.writtenLsn(), seen);
    seen.add(tx, level, true);
  }

  // ---- elsewhere ----

  @Override
  public @Nullable String runElsewhere(ReplyBuffer out, Seen seen) {
    Engine engine = server.engine();
    Tx tx = engine.borrow();
    beganNanos = server.clock().monotonicNanos();
    RunningScript entry = server.scripting().running().begin(script, args.from(0), beganNanos);
    running = entry;
    try {
      if (writes()) {
        engine.eviction().admit(tx, CHANGES, args.size());
      }
      int attempt = 0;
      while (!attempt(tx, out, seen, attempt)) {
        attempt++;
      }
    } finally {
      server.scripting().running().end(entry);
      engine.giveBack(tx);
    }
    return error;
  }

  @Override
  public String refuse(String line, ReplyBuffer out) {
    answer(new Reply.Err(line), out);
    return line;
  }

  private boolean attempt(Tx tx, ReplyBuffer out, Seen seen, int attempt) {
    boolean givesUp = false;
    try {
      while (!runOnce(tx, out, seen, attempt, givesUp)) {
        givesUp = true;
      }
      return true;
    } catch (Again again) {
      return false;
    } catch (HeldLongException busy) {
      answer(Runner.BUSY, out);
    } catch (KilledException killed) {
      answer(new Reply.Err(killed.line()), out);
    } catch (Fault.OutOfMemory full) {
      if (server.engine().eviction().makeRoom(tx, full, Need.GROW, attempt)) {
        return false;
      }
      answer(Runner.failed(full), out);
    } catch (Fault | DamagedException failure) {
      answer(Runner.failed(failure), out);
    }
    return true;
  }

  /// Runs it once; false if there is no memory for what it does, and none can be made.
  private boolean runOnce(Tx tx, ReplyBuffer out, Seen seen, int attempt, boolean givesUp) {
    Fault.OutOfMemory full;
    boolean done = false;
    begin(tx, server.clock().wallMillis());
    try {
      lock(tx, attempt);
      ScriptWords words = new ScriptWords();
      boolean readsLate = attempt >= ATTEMPTS_MAX || plan.turn();
      ScriptHost host = new ScriptHost(this, tx, ScriptHost.Place.AWAY, words, givesUp, readsLate);
      finish(tx, run(tx, host), out);
      done = true;
      return true;
    } catch (Again again) {
      full = again.full();
      if (full == null) {
        throw again;
      }
    } finally {
      end(tx, done);
      ended(tx, seen);
    }
    if (server.engine().eviction().makeRoom(tx, full, Need.GROW, attempt)) {
      throw new Again(Again.Reason.MEMORY);
    }
    return false;
  }

  private void lock(Tx tx, int attempt) {
    tx.reach().impatient();
    if (plan.all()) {
      tx.lockAll();
      return;
    }
    if (plan.turn() || attempt >= ATTEMPTS_MAX) {
      tx.reach().takeTurn();
    }
    addSlots(tx.slots());
    Key[] keys = plan.keys(database, keys());
    tx.lock(keys, keys.length);
  }

  // ---- under the locks ----

  /// Runs it as a part of EXEC, whose transaction may wait for any lock.
  Reply runWithin(Tx tx) {
    int before = session.database();
    beganNanos = server.clock().monotonicNanos();
    RunningScript entry = server.scripting().running().begin(script, args.from(0), beganNanos);
    running = entry;
    ScriptWords words = new ScriptWords();
    try {
      if (!tx.revocable() && !entry.becomesFinal()) {
        throw killed(entry);
      }
      ScriptHost host = new ScriptHost(this, tx, ScriptHost.Place.WITHIN, words, true, true);
      return reply(host);
    } catch (KilledException killed) {
      return new Reply.Err(killed.line());
    } finally {
      server.scripting().running().end(entry);
      session.database(before);
    }
  }

  private Reply run(Tx tx, ScriptHost host) {
    if (script.has(ScriptFlag.ATOMIC)) {
      tx.undoable();
    } else {
      tx.script(host::beforeFinal);
    }
    return reply(host);
  }

  private Reply reply(ScriptHost host) {
    Reply reply = null;
    List<Bytes> words = args.from(firstKey());
    session.inScript(true);
    try {
      reply =
          server
              .scripting()
              .run(script, words.subList(0, keyCount), words.subList(keyCount, words.size()), host);
    } catch (CommandException refused) {
      reply = new Reply.Err(refused.line());
    } catch (Again | HeldLongException | LongWorkException unwound) {
      host.stop(unwound);
    } finally {
      session.inScript(false);
    }
    RuntimeException stopped = host.stopped();
    if (stopped != null) {
      throw stopped;
    }
    return Objects.requireNonNull(reply);
  }

  /// Answers what the script has come to. An error takes everything back if that was asked for.
  private void finish(Tx tx, Reply reply, ReplyBuffer out) {
    if (reply instanceof Reply.Err && script.has(ScriptFlag.ATOMIC) && tx.revocable()) {
      tx.rollback();
    }
    answer(reply, out);
  }

  private void answer(Reply reply, ReplyBuffer out) {
    error = null;
    if (reply instanceof Reply.Err line) {
      error = line.line();
    }
    if (wanted) {
      Reply written = Runner.encode(reply, session, out);
      error = written instanceof Reply.Err line ? line.line() : error;
    }
  }

  // ---- while it runs ----

  /// Called now and then while the script computes; ends it by an exception that it cannot catch.
  void pace(Tx tx, ScriptHost host) {
    RunningScript entry = running;
    if (entry == null) {
      paceHere(host);
      return;
    }
    if (entry.killed()) {
      throw host.stop(killed(entry));
    }
    long nanos = server.clock().monotonicNanos() - beganNanos;
    if (nanos > server.scripting().limitNanos() && !entry.overdue()) {
      entry.becomesOverdue();
      tx.reach().heldLong();
    }
  }

  private void paceHere(ScriptHost host) {
    if (++looks % LOOKS_A_CLOCK != 0) {
      return;
    }
    long nanos = server.clock().monotonicNanos() - beganNanos;
    if (nanos > LOOP_NANOS && (looks > LOOP_LOOKS || nanos > LOOP_NANOS_MAX)) {
      throw host.stop(new Again(Again.Reason.LONG));
    }
  }

  /// What it has done cannot be taken back any more.
  void becomesFinal() {
    RunningScript entry = running;
    if (entry != null && !entry.becomesFinal()) {
      throw killed(entry);
    }
  }

  private KilledException killed(RunningScript entry) {
    if (server.stopsScripts()) {
      session.kill(); // Nobody has killed the script, so nobody is told that.
    }
    return new KilledException(entry.killedLine());
  }

  // ---- afterwards ----

  /// The line of its answer, if that is an error.
  @Nullable String error() {
    return error;
  }

  /// Whether that error has not been counted as one of a command within.
  @Override
  public boolean isErrorNew() {
    String line = error;
    return line == null || !counts.has(line);
  }

  @Override
  public void count(WorkerStats stats, long nanos) {
    counts.addTo(stats, session, nanos);
    if (running != null && nanos < LOOP_NANOS) {
      script.ranShortly();
    }
  }

  @Override
  public boolean isHeld() {
    return writes();
  }

  @Override
  public void show(Route by, Args called) {
    CallCosts.show(session, session.database(), by, called);
    counts.show(server.monitors());
  }
}
