package io.karst.server.session;

import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.KeyPositions;
import io.karst.commands.Reply;
import io.karst.engine.HeldLongException;
import io.karst.engine.LongWorkException;
import io.karst.engine.Tx;
import io.karst.lsm.DamagedException;
import io.karst.server.messages.Tracker;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.resp.ReplyEncoder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a body and makes whatever comes of it a reply; the one place where errors become replies.
///
/// An [Error] but for want of heap is nobody's reply: it passes through to the root of the thread,
/// which ends the process. Without state.
final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final Reply NO_HEAP =
      new Reply.Err("OOM not enough memory for the reply of this command");
  static final Reply.Err BUSY =
      new Reply.Err(
          "BUSY a script holds these keys for long. SCRIPT KILL or FUNCTION KILL ends it, if it has"
              + " done nothing that cannot be undone.");
  private static final Reply INTERNAL_ERROR = new Reply.Err("ERR internal error");

  private Runner() {}

  /// Runs a command.
  ///
  /// - `tx`: holds the locks the command needs; null for one that concerns the session.
  /// - throws [Fault.OutOfMemory] if the command has changed nothing and room may be made for it,
  ///   [LongWorkException] if it was asked to be brief and is not.
  static Reply run(Route route, Session session, @Nullable Tx tx, Args args) {
    return run(route, route.onKeys, session, tx, args);
  }

  /// As the other, on an event loop, of a command on keys that was asked to be brief; its reply is,
  /// too.
  static Reply runBriefly(Route route, Session session, Tx tx, Args args) {
    Reply reply = run(route, route.onKeys, session, tx, args);
    if (Reply.isLong(reply) && tx.leaves()) {
      tx.retractCommand();
      throw new LongWorkException();
    }
    return reply;
  }

  /// As the other, with another body for its keys; null if it concerns the session.
  static Reply run(
      Route route, Body.@Nullable OnKeys onKeys, Session session, @Nullable Tx tx, Args args) {
    Tracker tracker = session.listening().tracker();
    Reply reply = answer(route, onKeys, session, tx, args);
    if (tracker != null) {
      track(route, session, tracker, args);
    }
    return reply;
  }

  /// Has it remembered what a command has read, under its locks.
  private static void track(Route route, Session session, Tracker tracker, Args args) {
    if (route.readsKeys && tracker.remembers()) {
      KeyPositions positions = new KeyPositions();
      route.command.keyPositions(args, positions);
      for (int i = 0; i < positions.count(); i++) {
        tracker.remember(args.bytes(positions.at(i)));
      }
    }
    if (!route.caches && session.transaction() == null) {
      tracker.caching(false);
    }
  }

  private static Reply answer(
      Route route, Body.@Nullable OnKeys onKeys, Session session, @Nullable Tx tx, Args args) {
    if (tx != null) {
      tx.begins(route.event, session.id());
    }
    try {
      if (onKeys != null) {
        return onKeys.run(Objects.requireNonNull(tx), args);
      }
      if (route.onBoth != null) {
        return route.onBoth.run(session, Objects.requireNonNull(tx), args);
      }
      return Objects.requireNonNull(route.onSession).run(session, args);
    } catch (LongWorkException | Again e) {
      if (tx != null) {
        tx.retractCommand();
      }
      throw e;
    } catch (HeldLongException e) {
      return BUSY;
    } catch (CommandException e) {
      return new Reply.Err(e.line());
    } catch (Fault.OutOfMemory e) {
      if (tx != null && tx.unchanged() && session.server().engine().eviction().mayMakeRoom()) {
        tx.retractCommand();
        throw e;
      }
      return failed(e);
    } catch (Fault | DamagedException e) {
      return failed(e);
    } catch (OutOfMemoryError e) {
      // An array as large as a reply or a result could not be had; a body makes those before it
      // changes anything.
      LOG.error("No heap left for {}", route.command.fullName());
      return NO_HEAP;
    } catch (RuntimeException e) {
      LOG.error("A bug in {}", route.command.fullName(), e);
      return INTERNAL_ERROR;
    }
  }

  /// The reply to a command that the machine has let down: it lacks room, or what is on disk is not
  /// what was written there.
  static Reply failed(RuntimeException failure) {
    if (failure instanceof HeldLongException) {
      return BUSY;
    }
    if (failure instanceof Fault fault) {
      return new Reply.Err(fault.line());
    }
    LOG.error("Damage on disk: {}", failure.getMessage());
    return new Reply.Err("ERR damage on disk: " + failure.getMessage());
  }

  /// Writes a reply, if the client wants one. Before the locks of the command are released.
  ///
  /// - returns: the error line if it is an error, or has become one.
  /// - throws [Fault.OutOfMemory] if it is found while it is written, and found no memory; nothing
  ///   is written then.
  static @Nullable String write(Reply reply, Session session, ReplyBuffer out) {
    if (!session.wantsReply() && !(reply instanceof Reply.Frames)) {
      return reply instanceof Reply.Err error ? error.line() : null;
    }
    Reply written = encode(reply, session, out);
    return written instanceof Reply.Err error ? error.line() : null;
  }

  /// Writes a reply or, if that fails on the way, an error in its place; returns which.
  static Reply encode(Reply reply, Session session, ReplyBuffer out) {
    ReplyEncoder encoder = ReplyEncoder.of(session.protocol());
    long begin = out.written();
    try {
      encoder.encode(reply, out);
      return reply;
    } catch (Fault.OutOfMemory e) {
      out.cut(begin);
      throw e;
    } catch (OutOfMemoryError e) {
      LOG.error("No memory for a reply to client {}: {}", session.id(), e.getMessage());
      return instead(NO_HEAP, begin, encoder, out);
    } catch (RuntimeException e) {
      LOG.error("A bug in a reply to client {}", session.id(), e);
      return instead(INTERNAL_ERROR, begin, encoder, out);
    }
  }

  private static Reply instead(Reply error, long begin, ReplyEncoder encoder, ReplyBuffer out) {
    out.cut(begin);
    encoder.encode(error, out);
    return error;
  }
}
