package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Clock;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.base.Fault;
import io.karst.base.Limits;
import io.karst.commands.Args;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.history.Log;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// `WAIT` and `WAITAOF`: wait until what this connection has written is on other servers, or here
/// on disk.
///
/// A server by itself has no others: whoever waits for them waits until the timeout, as with Redis.
/// In a cluster what is on disk is on those of a majority.
@AutoService(Operation.class)
public final class Waiting implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        waiting(
                "WAIT numreplicas timeout",
                "3.0.0",
                "Waits until replicas have what this connection has written.",
                Waiting::forReplicas)
            .tips("request_policy:all_shards", "response_policy:agg_min"),
        waiting(
                "WAITAOF numlocal numreplicas timeout",
                "7.2.0",
                "Waits until what this connection has written is on disk, here and on replicas.",
                Waiting::forDisk)
            .tips("request_policy:all_shards", "response_policy:agg_min"));
  }

  private static Command waiting(String syntax, String since, String summary, SessionBody body) {
    return session(syntax, since, summary, body)
        .slow()
        .group("generic")
        .categories(Category.CONNECTION)
        .flags(Flag.NO_SCRIPT)
        .complexity("O(1)");
  }

  private static Reply forReplicas(Session session, Args args) {
    long replicas = args.int64(1);
    long timeoutMillis = timeoutMillis(args, 2);
    Acknowledgements others = Acknowledgements.of(session);
    return new Reply.Int(await(session, others, replicas, timeoutMillis, () -> true));
  }

  private static Reply forDisk(Session session, Args args) {
    long local = args.int64(1);
    if (local < 0 || local > 1) {
      throw CommandException.err("value is out of range, value must between 0 and 1");
    }
    long replicas = args.int64(2);
    if (replicas < 0) {
      throw CommandException.err("value is out of range, must be positive");
    }
    long timeoutMillis = timeoutMillis(args, 3);
    Log log = session.server().engine().log();
    if (local > 0 && !log.keeps()) {
      throw CommandException.err(
          "WAITAOF cannot be used when numlocal is set but appendonly is disabled.");
    }
    long written = session.writtenLsn();
    if (local > 0) {
      log.requestSync(written);
    }
    BooleanSupplier onDisk = () -> local == 0 || log.durable() >= written || log.lost();
    Acknowledgements others = Acknowledgements.of(session);
    long acknowledged = await(session, others, replicas, timeoutMillis, onDisk);
    boolean durable = log.keeps() && log.durable() >= written;
    Fault.ReadOnly failure = log.failure();
    if (local > 0 && !durable && failure != null && log.lost()) {
      throw failure;
    }
    return new Reply.Array(List.of(Reply.of(durable ? 1 : 0), Reply.of(acknowledged)));
  }

  /// Waits until so many others have what it has written, and `condition` holds, or in vain; how
  /// many have it then.
  private static long await(
      Session session,
      Acknowledgements others,
      long wanted,
      long timeoutMillis,
      BooleanSupplier condition) {
    Clock clock = session.server().clock();
    long deadline = clock.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    BooleanSupplier enough = () -> others.count() >= wanted && condition.getAsBoolean();
    long leftMillis = timeoutMillis;
    do {
      boolean looksAgain = wanted > 0 && others.any();
      await(session, looksAgain ? others.lookMillis(leftMillis) : leftMillis, enough);
      others.check();
      leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - clock.monotonicNanos());
    } while (others.any()
        && !session.isWithinWhole()
        && goesOn(session)
        && !enough.getAsBoolean()
        && (timeoutMillis == 0 || leftMillis > 0));
    return others.count();
  }

  private static boolean goesOn(Session session) {
    return session.isOpen() && !session.server().isEnding();
  }

  /// Waits until `condition` holds, the time is over, the client has gone, or the server ends.
  private static void await(Session session, long timeoutMillis, BooleanSupplier condition) {
    if (session.isWithinWhole()) {
      return; // A part of a whole does not wait.
    }
    Server server = session.server();
    try {
      server.signal().await(() -> condition.getAsBoolean() || !goesOn(session), timeoutMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long timeoutMillis(Args args, int index) {
    if (!Decimal.isInt64(args.bytes(index))) {
      throw CommandException.err("timeout is not an integer or out of range");
    }
    long millis = args.int64(index);
    if (millis < 0) {
      throw CommandException.err("timeout is negative");
    }
    if (millis > Limits.EXPIRY_MAX) {
      throw CommandException.err("timeout is out of range");
    }
    return millis;
  }
}
