package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Reply;
import io.karst.server.acl.DenialLog;
import io.karst.server.acl.Guard;
import io.karst.server.changes.ChangeFollower;
import io.karst.server.resp.ReplyEncoder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// That a client follows the changes (`CHANGES FOLLOW`): a thread reads them and waits, for the log
/// and for the client, without holding anything but what is to be sent next.
public final class Following implements ChangeFollower.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(Following.class);

  private final Session session;
  private final Server server;
  private final Guard guard = new Guard();
  private final Command command;
  private final Args args;

  /// Whether the client wants no more, or is gone.
  private volatile boolean stopped;

  /// Whether all has been shown that is going to be.
  private volatile boolean over;

  /// Whether the latest piece is on its way.
  private volatile boolean sent;

  private Following(Session session, Args args) {
    this.session = session;
    server = session.server();
    this.args = args;
    command = server.commands().find(args);
  }

  /// Lets a client follow from now on. It is told nothing before the reply to its command.
  ///
  /// - `args`: of that command; kept.
  static Following begin(Session session, ChangeFollower follower, Args args) {
    Following fresh = new Following(session, args);
    fresh.server.tasks().begin();
    Thread.ofVirtual().name("changes-", session.id()).start(() -> fresh.run(follower));
    return fresh;
  }

  private void run(ChangeFollower follower) {
    try {
      follower.run(this);
    } catch (Throwable failure) {
      server.fatal(failure);
    } finally {
      over = true;
      server.tasks().end();
    }
  }

  /// Shows nothing more: what is not on its way yet stays.
  void stop() {
    stopped = true;
    server.signal().signal();
  }

  /// Whether there may be more to be shown.
  boolean goesOn() {
    return !stopped && !over;
  }

  private boolean isWanted() {
    return !stopped && session.isOpen() && !server.isEnding();
  }

  @Override
  public @Nullable String refusal() {
    return server.access().refusal(guard, session, command, args, DenialLog.Context.TOPLEVEL);
  }

  @Override
  public boolean push(Reply.Push push) {
    return isWanted() && send(push) && isWanted();
  }

  @Override
  public void end(Reply.Push push) {
    over = true; // Who is told that it is the end may begin again.
    boolean _ = isWanted() && send(push);
  }

  private boolean send(Reply.Push push) {
    Piece piece = session.link().piece();
    try {
      ReplyEncoder.of(3).encode(push, piece.out());
    } catch (OutOfMemoryError full) {
      piece.discard();
      LOG.warn("Closing client {}: no memory for changes", session.id());
      session.kill(); // It is not to believe that there were none.
      return false;
    }
    sent = false;
    piece.send(() -> !stopped, this::sent);
    return await(() -> sent);
  }

  private void sent() {
    sent = true;
    server.signal().signal();
  }

  @Override
  public boolean await(BooleanSupplier condition) {
    try {
      server.signal().await(() -> condition.getAsBoolean() || !isWanted(), Signal.FOREVER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return isWanted();
  }
}
