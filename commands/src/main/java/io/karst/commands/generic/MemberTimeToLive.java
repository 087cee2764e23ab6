package io.karst.commands.generic;

import static io.karst.commands.Command.read;
import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Elements;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;

/// `MEMBERTTL`, `PMEMBERTTL`: how long a member of a set has left, or a field of a hash;
/// `PERSISTMEMBER`: lets it stay. Not in Redis.
///
/// -1 for a member that stays, -2 where there is none; seconds are rounded to the nearest, as those
/// of `TTL`. `PERSISTMEMBER` answers whether it has changed anything.
@AutoService(Operation.class)
public final class MemberTimeToLive implements Operation {
  private static final String SINCE = "0.2.0";
  private static final int SECOND = 1000;

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "MEMBERTTL key member",
                SINCE,
                "Tells the seconds that a member has left.",
                (tx, args) -> left(tx, args, SECOND))
            .fast()
            .complexity("O(1)")
            .tips("nondeterministic_output"),
        read(
                "PMEMBERTTL key member",
                SINCE,
                "Tells the milliseconds that a member has left.",
                (tx, args) -> left(tx, args, 1))
            .fast()
            .complexity("O(1)")
            .tips("nondeterministic_output"),
        write(
                "PERSISTMEMBER key member",
                SINCE,
                "Removes the expiry of a member.",
                MemberTimeToLive::persist)
            .fast()
            .complexity("O(1)"));
  }

  private static Reply left(Tx tx, Args args, int unit) {
    Elements elements = tx.values().elementsForUpdate(args.key(1));
    long expiry = elements == null ? Record.ABSENT : elements.expiry(args.bytes(2));
    return Reply.of(expiry < 0 ? expiry : (expiry - tx.now() + unit / 2) / unit);
  }

  private static Reply persist(Tx tx, Args args) {
    Elements elements = tx.values().elementsForUpdate(args.key(1));
    if (elements == null || elements.expiry(args.bytes(2)) < 0) {
      return Reply.ZERO;
    }
    elements.expire(args.bytes(2), Record.NO_EXPIRY);
    return Reply.ONE;
  }
}
