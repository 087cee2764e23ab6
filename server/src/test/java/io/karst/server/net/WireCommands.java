package io.karst.server.net;

import static io.karst.commands.Command.other;
import static io.karst.commands.Command.read;
import static io.karst.commands.Command.write;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import io.karst.server.session.Pause;
import io.karst.server.session.ReplyMode;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A few commands of each kind, enough to exercise the wire without any other module's.
final class WireCommands implements Operation {
  /// `WAITLATCH` waits for it.
  volatile CountDownLatch latch = new CountDownLatch(0);

  /// How many commands have come to the latch; so far.
  final AtomicInteger waiting = new AtomicInteger();

  @Override
  public List<Command> commands() {
    return List.of(
        read("GET key", "1", "Reads.", (tx, args) -> get(tx, args)).fast(),
        write("SET key value", "1", "Writes.", (tx, args) -> set(tx, args)).fast(),
        write("DEL key [key ...]", "1", "Deletes.", (tx, args) -> delete(tx, args)),
        other("PING [message]", "1", "Answers.", session(WireCommands::ping)),
        other("ECHO message", "1", "Repeats.", session((s, args) -> Reply.bulk(args.bytes(1)))),
        other("SELECT index", "1", "Changes.", session(WireCommands::select)),
        other("QUIT", "1", "Ends.", session(WireCommands::quit)),
        other("AUTH password", "1", "Lets in.", session(WireCommands::auth)).noAuth(),
        other("REPLY mode", "1", "Sets.", session(WireCommands::reply)),
        other("KILL id", "1", "Closes.", session(WireCommands::kill)),
        other("PAUSE kind millis", "1", "Pauses.", session(WireCommands::pause)),
        other("BUG", "1", "Fails.", session(WireCommands::fail)),
        read("BUGGYGET key", "1", "Fails.", (tx, args) -> fail()),
        other("WAITLATCH", "1", "Waits.", session((s, args) -> await())).slow(),
        write("SLOWSET key value", "1", "Writes.", (tx, args) -> slowSet(tx, args)).slow(),
        write("WIPE", "1", "Empties.", (tx, args) -> wipe(tx)).locksAll());
  }

  private static SessionBody session(SessionBody body) {
    return body;
  }

  private static Reply get(Tx tx, Args args) {
    Bytes value = tx.string(args.key(1));
    return value == null ? Reply.NIL : Reply.bulk(value);
  }

  private static Reply set(Tx tx, Args args) {
    tx.putString(args.key(1), args.bytes(2), Record.NO_EXPIRY);
    return Reply.OK;
  }

  private static Reply delete(Tx tx, Args args) {
    int deleted = 0;
    for (int i = 1; i < args.count(); i++) {
      deleted += tx.delete(args.key(i)) ? 1 : 0;
    }
    return Reply.of(deleted);
  }

  private static Reply ping(Session session, Args args) {
    return args.count() > 1 ? Reply.bulk(args.bytes(1)) : new Reply.Simple("PONG");
  }

  private static Reply select(Session session, Args args) {
    session.database((int) args.int64(1));
    return Reply.OK;
  }

  private static Reply quit(Session session, Args args) {
    session.closeAfterReply();
    return Reply.OK;
  }

  private static Reply auth(Session session, Args args) {
    session
        .server()
        .access()
        .authenticate(session, Bytes.utf8("default"), args.bytes(1), args.bytes(0));
    return Reply.OK;
  }

  private static Reply reply(Session session, Args args) {
    session.replyMode(ReplyMode.valueOf(args.bytes(1).utf8()));
    return Reply.OK;
  }

  private static Reply kill(Session session, Args args) {
    var other = session.server().sessions().byId(args.int64(1));
    if (other == null) {
      throw CommandException.err("No such client");
    }
    other.kill();
    return Reply.OK;
  }

  private static Reply pause(Session session, Args args) {
    Pause pause = session.server().pause();
    long until = session.server().clock().wallMillis() + args.int64(2);
    if (args.int64(2) == 0) {
      pause.end();
    } else {
      pause.begin(Pause.Kind.valueOf(args.bytes(1).utf8()), until);
    }
    return Reply.OK;
  }

  private static Reply fail(Session session, Args args) {
    return fail();
  }

  private static Reply fail() {
    throw new IllegalStateException("on purpose");
  }

  private Reply await() {
    try {
      waiting.incrementAndGet();
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Reply.OK;
  }

  private Reply slowSet(Tx tx, Args args) {
    await();
    return set(tx, args);
  }

  private static Reply wipe(Tx tx) {
    tx.all().flush(tx.database());
    return Reply.OK;
  }
}
