package io.karst.server.session;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Reply;
import io.karst.server.resp.ReplyBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queues the commands that a client sends between `MULTI` and `EXEC`.
///
/// Thread: its dispatcher's.
final class Queuer {
  private static final Logger LOG = LoggerFactory.getLogger(Queuer.class);
  private static final Reply QUEUED = new Reply.Simple("QUEUED");
  private static final Reply.Err WATCHES = new Reply.Err("ERR WATCH inside MULTI is not allowed");

  private static final String NOT_ALLOWED = "ERR Command not allowed inside a transaction";

  private final Server server;
  private final WorkerStats stats;
  private final Intake intake;
  private long nowMillis;

  Queuer(Server server, WorkerStats stats, Intake intake) {
    this.server = server;
    this.stats = stats;
    this.intake = intake;
  }

  /// Queues commands of a session that is between the two, and answers that, up to one that is not
  /// queued ([Intake#single]), or until the buffer is full.
  Intake.End queue(Session session, long millis, ReplyBuffer out) {
    nowMillis = millis;
    do {
      Transaction transaction = session.transaction();
      if (transaction == null) {
        return Intake.End.FULL; // EXEC was refused.
      }
      Intake.End ended = intake.decode();
      if (ended == null) {
        ended = take(session, transaction, out);
      }
      if (ended != null) {
        return ended;
      }
    } while (out.drained() == 0);
    return Intake.End.FULL;
  }

  private Intake.@Nullable End take(Session session, Transaction transaction, ReplyBuffer out) {
    Args args = intake.args();
    Route route;
    try {
      route = server.routes().find(args);
    } catch (CommandException e) {
      return refuse(session, transaction, args, e.line(), out);
    }
    String refusal = refusal(session, transaction, route, args);
    if (refusal != null) {
      return refuse(session, transaction, args, refusal, out);
    }
    if (route.control == Route.Control.WATCH) {
      answer(session, WATCHES, out);
      return null;
    }
    if (route.control != Route.Control.NONE) {
      intake.single(route);
      return Intake.End.SINGLE;
    }
    return add(session, transaction, route, args, out);
  }

  private @Nullable String refusal(
      Session session, Transaction transaction, Route route, Args args) {
    if (route.command.has(Flag.NO_MULTI)) {
      return NOT_ALLOWED;
    }
    if (transaction.undoable() && route.control == Route.Control.NONE && !route.undoable) {
      return "ERR '"
          + route.command.fullName()
          + "' cannot be undone, and is not allowed inside MULTI ATOMIC";
    }
    return route.control == Route.Control.NONE
        ? intake.admission().queueRefusal(session, route, args)
        : intake.admission().denial(session, route, args);
  }

  private Intake.@Nullable End refuse(
      Session session, Transaction transaction, Args args, String line, ReplyBuffer out) {
    Command known = server.commands().lookUp(args);
    if (known == null && Intake.isAbuse(args)) {
      return Intake.End.ABUSE;
    }
    transaction.breaks();
    String worded = line;
    if (known != null) {
      stats.rejected(known.index());
      worded = Intake.worded(known, line);
      if (server.routes().of(known).control == Route.Control.EXEC) {
        session.endTransaction();
      }
    }
    answer(session, new Reply.Err(worded), out);
    return null;
  }

  private void answer(Session session, Reply.Err error, ReplyBuffer out) {
    stats.error(error.line());
    Runner.write(error, session, out);
  }

  private Intake.@Nullable End add(
      Session session, Transaction transaction, Route route, Args args, ReplyBuffer out) {
    long size = transaction.heapSize() + Transaction.heapSize(args) + session.queryBufferSize();
    if (size > server.limits().queryBufferMax()) {
      LOG.warn("Closing client {}: {} bytes of queued commands", session.id(), size);
      return Intake.End.ABUSE;
    }
    try {
      transaction.add(route, args);
    } catch (OutOfMemoryError tooLarge) {
      LOG.error("Closing client {}: no heap left for what it queues", session.id(), tooLarge);
      return Intake.End.ABUSE;
    }
    session.ran(route.command, 0, nowMillis);
    Runner.write(QUEUED, session, out);
    return null;
  }
}
