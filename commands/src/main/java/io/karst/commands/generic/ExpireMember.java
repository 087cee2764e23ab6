package io.karst.commands.generic;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Elements;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;

/// `EXPIREMEMBER`, `PEXPIREMEMBER`, `EXPIREMEMBERAT`, `PEXPIREMEMBERAT`: say when a member of a set
/// or a sorted set shall go, or a field of a hash. Not in Redis; two of the names are KeyDB's.
///
/// Answers 1, or 0 if there is no such member or the condition does not hold. A time that has
/// passed removes the member at once. An error leaves it unchanged.
@AutoService(Operation.class)
public final class ExpireMember implements Operation {
  private static final String SINCE = "0.2.0";
  private static final String OPTIONS = " [NX | XX | GT | LT]";
  private static final int SECOND = 1000;

  @Override
  public List<Command> commands() {
    return List.of(
        refined(
            write(
                "EXPIREMEMBER key member seconds" + OPTIONS,
                SINCE,
                "Sets the seconds that a member has left.",
                (tx, args) -> expire(tx, args, "expiremember", SECOND, tx.now()))),
        refined(
            write(
                "PEXPIREMEMBER key member milliseconds" + OPTIONS,
                SINCE,
                "Sets the milliseconds that a member has left.",
                (tx, args) -> expire(tx, args, "pexpiremember", 1, tx.now()))),
        refined(
            write(
                "EXPIREMEMBERAT key member unix-time-seconds" + OPTIONS,
                SINCE,
                "Sets the second that a member goes at.",
                (tx, args) -> expire(tx, args, "expirememberat", SECOND, 0))),
        refined(
            write(
                "PEXPIREMEMBERAT key member unix-time-milliseconds" + OPTIONS,
                SINCE,
                "Sets the millisecond that a member goes at.",
                (tx, args) -> expire(tx, args, "pexpirememberat", 1, 0))));
  }

  private static Command refined(Command command) {
    return command.fast().denyOom().complexity("O(1)");
  }

  private static Reply expire(Tx tx, Args args, String name, int millis, long base) {
    int conditions = ExpireCondition.read(args, 4);
    long at = Expire.time(args.int64(3), name, millis, base);
    Elements elements = tx.values().elementsForUpdate(args.key(1));
    Bytes member = args.bytes(2);
    long before = elements == null ? Record.ABSENT : elements.expiry(member);
    if (elements == null
        || before == Record.ABSENT
        || !ExpireCondition.hold(conditions, before, at)) {
      return Reply.ZERO;
    }
    elements.expire(member, Math.max(at, 0));
    return Reply.ONE;
  }
}
