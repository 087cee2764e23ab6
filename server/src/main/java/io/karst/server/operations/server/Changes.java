package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyUse;
import io.karst.commands.Operation;
import io.karst.commands.Reach;
import io.karst.commands.Reply;
import io.karst.server.changes.ChangeFollower;
import io.karst.server.changes.ChangeQuery;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.session.Signal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// `CHANGES`: what has happened to the keys, in order, resumable.
///
/// Redis has nothing like it: keyspace events are fire and forget, and a stream has to be written
/// by the application.
@AutoService(Operation.class)
public final class Changes implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        session(
                "CHANGES FROM lsn [PREFIX prefix [PREFIX prefix ...]] [COUNT count]"
                    + " [BLOCK milliseconds]",
                "karst-1.0.0",
                "Reads the history of changes from a position on.",
                Changes::read)
            .slow()
            .admin()
            .dangerous()
            .categories(Category.READ, Category.BLOCKING)
            .reaches(Reach.always(KeyUse.READ))
            .flags(Flag.NO_SCRIPT, Flag.NO_ASYNC_LOADING)
            .complexity("O(N), N being the length of the history that is looked at"),
        session(
                "CHANGES FOLLOW lsn [PREFIX prefix [PREFIX prefix ...]]",
                "karst-1.0.0",
                "Has every change from a position on pushed to this connection.",
                Changes::follow)
            .slow()
            .admin()
            .dangerous()
            .categories(Category.READ)
            .reaches(Reach.always(KeyUse.READ))
            .flags(Flag.NO_SCRIPT, Flag.NO_MULTI, Flag.NO_ASYNC_LOADING)
            .complexity("O(1), and O(N) for each change, N being the number of prefixes"),
        session(
                "CHANGES STOP",
                "karst-1.0.0",
                "Has changes pushed no longer.",
                (session, args) -> Reply.of(session.listening().followNoMore()))
            .admin()
            .flags(Flag.NO_SCRIPT)
            .complexity("O(1)"));
  }

  private static Reply follow(Session session, Args args) {
    ChangeQuery query = ChangeQuery.parseFollow(args);
    if (session.protocol() == 2) {
      throw CommandException.err(
          "CHANGES FOLLOW pushes, which RESP2 cannot: say HELLO 3 first, or use CHANGES FROM");
    }
    if (session.listening().isFollower()) {
      throw CommandException.err("this connection follows the changes: CHANGES STOP ends that");
    }
    ChangeFollower follower = session.server().changes().follow(query);
    long begin = follower.position();
    List<Bytes> words = args.from(0).stream().map(Bytes::copy).toList();
    session.listening().follow(follower, Args.of(words.toArray(Bytes[]::new)));
    return Reply.of(begin);
  }

  private static Reply read(Session session, Args args) {
    ChangeQuery query = ChangeQuery.parse(args);
    Server server = session.server();
    long began = server.clock().monotonicNanos();
    return server
        .changes()
        .read(query, condition -> await(session, condition, query.blockMillis(), began));
  }

  /// Waits until `condition` holds, the time is over, the client has gone, or the server ends.
  private static boolean await(
      Session session, BooleanSupplier condition, long blockMillis, long beganNanos) {
    if (session.transaction() != null) {
      return false; // A part of a whole does not wait.
    }
    Server server = session.server();
    long passed = TimeUnit.NANOSECONDS.toMillis(server.clock().monotonicNanos() - beganNanos);
    if (blockMillis != Signal.FOREVER && passed >= blockMillis) {
      return false;
    }
    long left = blockMillis == Signal.FOREVER ? blockMillis : blockMillis - passed;
    BooleanSupplier gone = () -> !session.isOpen() || server.isEnding();
    try {
      server.signal().await(() -> condition.getAsBoolean() || gone.getAsBoolean(), left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return condition.getAsBoolean() && !gone.getAsBoolean();
  }
}
