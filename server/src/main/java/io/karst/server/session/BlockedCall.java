package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.KeyPositions;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.engine.Waiter;
import io.karst.keyspace.Key;
import io.karst.server.acl.DenialLog;
import io.karst.server.acl.Guard;
import io.karst.server.resp.ReplyBuffer;
import org.jspecify.annotations.Nullable;

/// A command that waits for a key to change, with its connection, which runs nothing meanwhile.
///
/// It is answered once: by whoever changes a key and runs it again, on his thread, or by the end of
/// its time, or by `CLIENT UNBLOCK`. Whoever has answered it wakes the connection ([Link#wake]),
/// whose event loop does the rest.
///
/// Threads: the one that has claimed its [Waiter], which has the session to itself; once it is
/// answered, the connection's event loop.
public final class BlockedCall implements Waiter.Client {
  private static final Reply UNBLOCKED =
      new Reply.Err("UNBLOCKED client unblocked via CLIENT UNBLOCK");

  static final Reply DEPOSED =
      new Reply.Err(
          "UNBLOCKED force unblock from blocking operation, instance state changed (master ->"
              + " replica?)");

  private final Session session;
  private final Route route;
  private final Args args;
  private final Body.OnKeys body;
  private final long deadlineMillis;
  private final Reply onTimeout;
  private final Waiter waiter;

  /// What it was told when it began to wait, and what its reply tells.
  private final Seen begun = new Seen();

  private final Seen told = new Seen();
  private Durability level = Durability.NONE;
  private long writtenLsn;
  private long nanos;

  /// The line of its reply, if that is an error.
  private @Nullable String error;

  /// What it is answered with instead of being run.
  private @Nullable Reply verdict;

  private volatile boolean answered;

  /// Whether it has been run and its reply written.
  private volatile boolean replied;

  /// When it is run again though nothing has changed, in milliseconds since 1970.
  private volatile long againMillis;

  private BlockedCall(Session session, Route route, Tx tx, Args args, Reply.Blocked blocked) {
    this.session = session;
    this.route = route;
    this.args = args;
    Body.OnKeys again = blocked.again();
    body = again == null ? route.body() : again;
    deadlineMillis = blocked.deadlineMillis();
    onTimeout = blocked.onTimeout();
    againMillis = blocked.againMillis();
    Key[] keys = keys(route, args);
    int awaited = Math.min(blocked.keys(), keys.length);
    waiter = new Waiter(tx.database(), keys, awaited, blocked.type(), blocked.whenGone(), this);
  }

  /// Lets a command wait that has just run, under its locks.
  static BlockedCall begin(Session session, Call call, Tx tx, Reply.Blocked blocked) {
    BlockedCall fresh = new BlockedCall(session, call.ran(), tx, call.args(), blocked);
    session.blocked(fresh);
    tx.waits().enter(fresh.waiter);
    return fresh;
  }

  private static Key[] keys(Route route, Args args) {
    KeyPositions positions = new KeyPositions();
    route.command.keyPositions(args, positions);
    Key[] keys = new Key[positions.count()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = args.key(positions.at(i));
    }
    return keys;
  }

  /// What it was told when it began to wait; the transaction that entered it has ended.
  ///
  /// - `with`: what the commands before it have seen, in the same reign.
  void entered(Tx tx, Durability its, Seen with) {
    begun.beginAs(with);
    begun.add(tx, its, true);
  }

  Session session() {
    return session;
  }

  Route route() {
    return route;
  }

  Waiter waiter() {
    return waiter;
  }

  // ---- as whoever serves it sees it ----

  @Override
  public boolean isOpen() {
    return session.isOpen();
  }

  @Override
  public boolean serve(Tx tx) {
    long begin = session.server().clock().monotonicNanos();
    Reply reply = verdict == null ? run(tx) : verdict;
    if (reply instanceof Reply.Blocked blocked) {
      waitsUntil(blocked.againMillis());
      return false;
    }
    level = session.level();
    if (level.holds()) {
      tx.holds(true);
    }
    error = Runner.write(reply, session, session.link().laterReply());
    nanos = session.server().clock().monotonicNanos() - begin;
    replied = true;
    return true;
  }

  private void waitsUntil(long millis) {
    if (millis != againMillis) {
      againMillis = millis;
      session.link().wake(); // Its timer is set to another time.
    }
  }

  private Reply run(Tx tx) {
    String refusal =
        session
            .server()
            .access()
            .refusal(new Guard(), session, route.command, args, DenialLog.Context.TOPLEVEL);
    if (refusal != null) {
      return new Reply.Err(refusal); // His rights have changed meanwhile.
    }
    if (session.noTouch() && !route.touches) {
      tx.touches(false);
    }
    return Runner.run(route, body, session, tx, args);
  }

  @Override
  public void served(Tx tx) {
    told.begin(session.server().standing(), session.server().engine().log());
    told.add(tx, level, true);
    writtenLsn = tx.writtenLsn();
    answered();
  }

  @Override
  public void postponed() {
    new Rerun(this).start();
  }

  /// Answers it with `reply`, whatever its keys hold. By whoever has claimed it.
  void fail(Reply reply) {
    verdict = reply;
  }

  private void answered() {
    answered = true;
    session.link().wake();
  }

  // ---- as others see it ----

  /// Ends it as its time would, or with an error; whether it was still waiting. Any thread.
  public boolean unblock(boolean withError) {
    return end(withError ? UNBLOCKED : onTimeout);
  }

  /// Ends it as nobody will change its keys here any more. It is told nothing but that.
  void deposed() {
    boolean _ = end(DEPOSED);
  }

  private boolean end(Reply reply) {
    if (!session.server().engine().waiters().cancel(waiter)) {
      return false;
    }
    verdict = reply;
    answered();
    return true;
  }

  // ---- as its connection sees it ----

  /// When its time is over, in milliseconds since 1970, or [Reply.Blocked#FOREVER].
  public long deadlineMillis() {
    return deadlineMillis;
  }

  /// Its time is over: answers it, unless it is answered, or somebody is about to do so; whether it
  /// is answered.
  public boolean timeOut() {
    return end(onTimeout) || answered;
  }

  /// When it is to be run again though nothing has changed, or [Reply.Blocked#FOREVER].
  public long againMillis() {
    return againMillis;
  }

  /// That time has come: it is run again, elsewhere. False if somebody is at it just now.
  public boolean runAgain() {
    Standing standing = session.server().standing();
    boolean open = standing == null || standing.open();
    if (!open || !session.server().engine().waiters().take(waiter)) {
      return false;
    }
    againMillis = Reply.Blocked.FOREVER;
    postponed();
    return true;
  }

  /// Nobody is there any more: it is not run again. False if it is answered, or somebody is at it.
  public boolean abandon() {
    return session.server().engine().waiters().cancel(waiter);
  }

  /// Whether it has been run, and its reply is about to be sent: what it has changed is told behind
  /// that.
  public boolean isReplied() {
    return replied;
  }

  /// Whether it is answered.
  public boolean isAnswered() {
    return answered;
  }

  /// Writes the reply of one that was answered without being run.
  public void writeTo(ReplyBuffer out) {
    Reply reply = verdict;
    told.beginAs(begun);
    if (!DEPOSED.equals(reply)) {
      told.add(begun);
    }
    if (reply != null) {
      error = Runner.write(reply, session, out);
    }
  }

  /// What its reply tells.
  public Seen told() {
    return told;
  }

  /// Counts what it has done since it began to wait.
  public void count(WorkerStats stats) {
    session.wrote(writtenLsn, told);
    session.ran(route.command, 1, session.server().clock().wallMillis());
    CallCosts.ended(stats, session, route, args, nanos);
    String line = error;
    if (line != null) {
      stats.failed(route.index);
      stats.error(line);
    }
  }
}
