package io.karst.commands.generic;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Limits;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.List;

/// `EXPIRE`, `PEXPIRE`, `EXPIREAT`, `PEXPIREAT`: say when a key shall go.
///
/// A time that has passed deletes the key at once. An error leaves the key unchanged.
@AutoService(Operation.class)
public final class Expire implements Operation {
  private static final String OPTIONS = " [NX | XX | GT | LT]";
  private static final int SECOND = 1000;

  @Override
  public List<Command> commands() {
    return List.of(
        refined(
            write(
                "EXPIRE key seconds" + OPTIONS,
                "1.0.0",
                "Sets the seconds a key has left.",
                (tx, args) -> expire(tx, args, "expire", SECOND, tx.now()))),
        refined(
            write(
                "PEXPIRE key milliseconds" + OPTIONS,
                "2.6.0",
                "Sets the milliseconds a key has left.",
                (tx, args) -> expire(tx, args, "pexpire", 1, tx.now()))),
        refined(
            write(
                "EXPIREAT key unix-time-seconds" + OPTIONS,
                "1.2.0",
                "Sets the second a key goes at.",
                (tx, args) -> expire(tx, args, "expireat", SECOND, 0))),
        refined(
            write(
                "PEXPIREAT key unix-time-milliseconds" + OPTIONS,
                "2.6.0",
                "Sets the millisecond a key goes at.",
                (tx, args) -> expire(tx, args, "pexpireat", 1, 0))));
  }

  private static Command refined(Command command) {
    return command.fast().complexity("O(1)").history("7.0.0", "Takes `NX`, `XX`, `GT` and `LT`.");
  }

  private static Reply expire(Tx tx, Args args, String name, int millis, long base) {
    int conditions = ExpireCondition.read(args, 3);
    long at = time(args.int64(2), name, millis, base);
    Key key = args.key(1);
    long before = tx.expiry(key);
    if (before == Record.ABSENT || !ExpireCondition.hold(conditions, before, at)) {
      return Reply.ZERO;
    }
    if (at <= tx.now()) {
      tx.delete(key);
    } else {
      tx.expire(key, at);
    }
    return Reply.ONE;
  }

  /// Milliseconds since 1970, at most [Limits#EXPIRY_MAX], perhaps negative.
  static long time(long value, String name, int millis, long base) {
    long most = Long.MAX_VALUE / millis;
    long least = Long.MIN_VALUE / millis;
    if (value > most || value < least || value * millis > Long.MAX_VALUE - base) {
      throw CommandException.err("invalid expire time in '" + name + "' command");
    }
    return Math.min(value * millis + base, Limits.EXPIRY_MAX);
  }
}
