package io.karst.server.session;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyPositions;
import io.karst.commands.Reply;
import io.karst.engine.HeldLongException;
import io.karst.engine.LongWorkException;
import io.karst.engine.Reach;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.lua.Host;
import io.karst.lua.LogLevel;
import io.karst.lua.ScriptFlag;
import io.karst.lua.ScriptWords;
import io.karst.server.acl.DenialLog;
import io.karst.server.acl.Guard;
import io.karst.server.scripts.Script;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a script reaches of the server: runs the commands it calls in the transaction that the
/// script is, and sees to the locks of their keys.
///
/// Thread: the one that runs the script.
final class ScriptHost implements Host {
  /// Where a script runs, and so what it may do there.
  enum Place {
    /// On an event loop: nothing is waited for, and everything can be taken back.
    LOOP,
    /// Elsewhere.
    AWAY,
    /// As a part of EXEC, which has what it needs, and decides what becomes of it.
    WITHIN
  }

  private static final Logger LOG = LoggerFactory.getLogger(ScriptHost.class);
  private static final Reply.Err READ_ONLY =
      new Reply.Err("ERR Write commands are not allowed from read-only scripts.");
  private static final Reply.Err NOT_ALLOWED =
      new Reply.Err("ERR This Redis command is not allowed from script");
  private static final Reply.Err UNKNOWN =
      new Reply.Err("ERR Unknown Redis command called from script");
  private static final Reply.Err WRONG_ARITY =
      new Reply.Err("ERR Wrong number of args calling Redis command from script");
  private static final Reply.Err NOT_UNDOABLE =
      new Reply.Err("ERR This command cannot be undone, and is not allowed here");

  /// Among how many of the keys that its call names a word is looked for.
  private static final int NAMED_MAX = 4;

  private final ScriptRun run;
  private final Session session;
  private final Server server;
  private final Script script;
  private final Tx tx;
  private final Place place;
  private final ScriptPlan plan;
  private final boolean readOnly;
  private final ScriptCounts counts;
  private final ScriptWords kept;
  private final KeyPositions positions = new KeyPositions();
  private final Guard guard = new Guard();

  /// Why nothing may be written just now.
  private final Fault.@Nullable ReadOnly misconfigured;

  /// Whether there was too little memory when the script began.
  private final boolean cramped;

  /// Whether a command that finds no memory is answered so, as nothing can be done about it.
  private final boolean givesUp;

  /// Whether it may be read under the locks what is on disk.
  private final boolean readsLate;

  /// Null without a cluster.
  private final @Nullable Routing routing;

  private boolean wrote;
  private @Nullable RuntimeException stopped;

  /// - `kept`: for the words of the commands, until the transaction has ended.
  ScriptHost(
      ScriptRun run, Tx tx, Place place, ScriptWords kept, boolean givesUp, boolean readsLate) {
    this.kept = kept;
    this.run = run;
    session = run.session();
    server = session.server();
    script = run.script();
    plan = run.plan();
    readOnly = run.readOnly();
    counts = run.counts();
    this.tx = tx;
    this.place = place;
    this.givesUp = givesUp;
    this.readsLate = readsLate;
    routing = Routing.of(server);
    misconfigured = server.engine().log().failure();
    cramped = server.engine().eviction().refuses();
  }

  /// Why the script does not go on; null if it does.
  @Nullable RuntimeException stopped() {
    return stopped;
  }

  /// Ends the script: whatever it does from now on, this is its end.
  RuntimeException stop(RuntimeException why) {
    RuntimeException first = stopped;
    if (first == null) {
      stopped = why;
      return why;
    }
    return first;
  }

  /// Whether the script has written anything.
  boolean wrote() {
    return wrote;
  }

  @Override
  public int seed() {
    return plan.seed(tx.random());
  }

  @Override
  public boolean interrupted() {
    run.pace(tx, this);
    return stopped != null;
  }

  @Override
  public void log(LogLevel level, Bytes text) {
    switch (level) {
      case DEBUG, VERBOSE -> LOG.debug("{}", text.utf8());
      case NOTICE -> LOG.info("{}", text.utf8());
      case WARNING -> LOG.warn("{}", text.utf8());
    }
  }

  @Override
  public boolean allows(Args words) {
    Command command = server.commands().lookUp(words);
    if (command == null) {
      throw CommandException.err("Invalid command passed to redis.acl_check_cmd()");
    }
    return guard.denial(session.account().user(), command, words) == null;
  }

  @Override
  public ScriptWords words() {
    return kept;
  }

  /// Runs a command.
  ///
  /// - returns: its reply, good until the next command.
  /// - throws what [#stop] got, if the script does not go on.
  @Override
  public Reply call(Args words) {
    RuntimeException before = stopped;
    if (before != null) {
      throw before;
    }
    Command command = server.commands().lookUp(words);
    if (command == null) {
      counts.error(UNKNOWN.line());
      return UNKNOWN;
    }
    Route route = server.routes().of(command);
    Reply.Err refusal = command.acceptsCount(words.count()) ? refusal(route, words) : WRONG_ARITY;
    if (refusal != null) {
      counts.rejected(route, refusal.line());
      return refusal;
    }
    try {
      return run(route, words);
    } catch (Again | HeldLongException end) {
      throw stop(end);
    } catch (LongWorkException tooLong) {
      throw stop(new Again(Again.Reason.LONG));
    }
  }

  /// Why a command may not be called; null if it may.
  private Reply.@Nullable Err refusal(Route route, Args words) {
    if (!route.inScripts) {
      return NOT_ALLOWED;
    }
    String denial =
        server.access().refusal(guard, session, route.command, words, DenialLog.Context.LUA);
    if (denial != null) {
      return new Reply.Err(denial);
    }
    String elsewhere = routing == null ? null : routing.scripted(session, route, words);
    if (elsewhere != null) {
      return new Reply.Err(elsewhere);
    }
    if (route.writes && (readOnly || script.has(ScriptFlag.NO_WRITES))) {
      return READ_ONLY;
    }
    if (route.writes && misconfigured != null) {
      return new Reply.Err(misconfigured.line());
    }
    boolean refuses = cramped && !wrote && !script.has(ScriptFlag.ALLOW_OOM);
    return refuses && route.deniesOom ? new Reply.Err(Admission.NO_MEMORY) : null;
  }

  private Reply run(Route route, Args words) {
    tx.next(session.database());
    tx.askRepeatable();
    if (route.inTx) {
      Reply refusal = reach(route, words);
      if (refusal != null) {
        return refusal;
      }
    }
    if (session.noTouch() && !route.touches) {
      tx.touches(false);
    }
    wrote |= route.writes;
    CallCosts.keep(counts, session, route, words);
    boolean timed = place != Place.LOOP || server.insight().isFine();
    long begin = timed ? server.clock().monotonicNanos() : 0;
    Reply reply = reply(route, words);
    if (timed) {
      took(route, words, server.clock().monotonicNanos() - begin);
    }
    if (reply instanceof Reply.Blocked blocked) {
      reply = blocked.onTimeout();
    }
    counts.ran(route, reply);
    return reply instanceof Reply.None ? Reply.OK : reply;
  }

  /// On an event loop, which a script that takes long leaves, it is only looked for commands that
  /// take less than a millisecond.
  private void took(Route route, Args words, long nanos) {
    if (nanos >= server.insight().alarmNanos()) {
      counts.slow(route, words, nanos);
    }
  }

  private Reply reply(Route route, Args words) {
    try {
      if (place == Place.LOOP && route.onKeys != null) {
        tx.brief();
        return Runner.runBriefly(route, session, tx, words);
      }
      return Runner.run(route, session, tx, words);
    } catch (Fault.OutOfMemory full) {
      if (givesUp || place == Place.WITHIN || !tx.revocable()) {
        return Runner.failed(full);
      }
      throw new Again(full);
    } catch (CommandException refused) {
      return new Reply.Err(refused.line());
    }
  }

  /// Gets the locks of a command's keys, and, on an event loop, makes sure that they are in memory.
  private @Nullable Reply reach(Route route, Args words) {
    boolean whole = route.roams || route.command.isLockingAll(words);
    if (whole) {
      reachAll();
      if (route.writes && !route.undoable && tx.revocable()) {
        return settle();
      }
      return null;
    }
    if (route.keyed) {
      positions.clear();
      route.command.keyPositions(words, positions);
      for (int i = 0; i < positions.count(); i++) {
        int at = positions.at(i);
        takeOver(words, at);
        reach(words.key(at));
      }
    }
    return null;
  }

  /// Spares a word the computation of slot and hash if the script's call names it, as is the rule.
  private void takeOver(Args words, int at) {
    Args call = run.args();
    for (int i = 0, count = Math.min(run.keyCount(), NAMED_MAX); i < count; i++) {
      Key named = call.key(run.firstKey() + i);
      if (named.bytes().equals(words.bytes(at))) {
        words.keyIs(at, named);
        return;
      }
    }
  }

  private void reach(Key key) {
    Reach reach = tx.reach();
    int slot = key.slot();
    int database = session.database();
    if (!reach.holds(slot)) {
      plan.meet(database, key);
      if (!reach.tryLock(slot)) {
        if (place == Place.LOOP || !reach.holdsTurn()) {
          throw new Again(Again.Reason.KEYS);
        }
        reach.lock(slot);
      }
    }
    if (!readsLate && tx.revocable() && reach.missing(database, key)) {
      plan.meet(database, key);
      throw new Again(Again.Reason.KEYS);
    }
  }

  private void reachAll() {
    Reach reach = tx.reach();
    if (reach.holdsAll()) {
      return;
    }
    plan.needAll();
    if (place == Place.LOOP || !reach.holdsTurn()) {
      throw new Again(Again.Reason.ALL);
    }
    reach.lockAll();
  }

  /// Makes what the script has done final, as what comes cannot be taken back.
  private @Nullable Reply settle() {
    if (place == Place.WITHIN || script.has(ScriptFlag.ATOMIC)) {
      return NOT_UNDOABLE;
    }
    beforeFinal();
    return null;
  }

  /// What cannot be taken back is about to be done: to a large value, or to a whole database.
  ///
  /// - throws [Again] if it may not be done here.
  void beforeFinal() {
    if (place == Place.LOOP) {
      throw new Again(Again.Reason.FINAL);
    }
    if (!tx.reach().tryTurn()) {
      plan.needTurn();
      throw new Again(Again.Reason.FINAL);
    }
    run.becomesFinal();
    tx.settle();
  }
}
