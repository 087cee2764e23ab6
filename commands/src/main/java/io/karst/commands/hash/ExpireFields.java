package io.karst.commands.hash;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.commands.generic.ExpireCondition;
import io.karst.engine.ElementExpiry;
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;

/// `HEXPIRE`, `HPEXPIRE`, `HEXPIREAT`, `HPEXPIREAT`: say when fields shall go, all or, with an
/// error, none.
///
/// Answers for each field: -2 if it is missing, 0 if the condition does not hold, 1 if it expires
/// then, 2 if it went at once, as the time has passed.
@AutoService(Operation.class)
public final class ExpireFields implements Operation {
  private static final String REST = " [NX | XX | GT | LT] FIELDS numfields field [field ...]";
  private static final String NOT_POSITIVE = "Parameter `numFields` should be greater than 0";
  private static final int SECOND = 1000;

  private static final Reply MISSING = new Reply.Int(-2);
  private static final Reply NOT_MET = Reply.ZERO;
  private static final Reply SET = Reply.ONE;
  private static final Reply REMOVED = new Reply.Int(2);

  @Override
  public List<Command> commands() {
    return List.of(
        refined(
            write(
                "HEXPIRE key seconds" + REST,
                "7.4.0",
                "Sets the seconds that fields of a hash have left.",
                (tx, args) -> expire(tx, args, "hexpire", SECOND, tx.now()))),
        refined(
            write(
                "HPEXPIRE key milliseconds" + REST,
                "7.4.0",
                "Sets the milliseconds that fields of a hash have left.",
                (tx, args) -> expire(tx, args, "hpexpire", 1, tx.now()))),
        refined(
            write(
                "HEXPIREAT key unix-time-seconds" + REST,
                "7.4.0",
                "Sets the second that fields of a hash go at.",
                (tx, args) -> expire(tx, args, "hexpireat", SECOND, 0))),
        refined(
            write(
                "HPEXPIREAT key unix-time-milliseconds" + REST,
                "7.4.0",
                "Sets the millisecond that fields of a hash go at.",
                (tx, args) -> expire(tx, args, "hpexpireat", 1, 0))));
  }

  private static Command refined(Command command) {
    return command
        .fast()
        .denyOom()
        .complexity("O(N), N being the number of fields named")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.UPDATE);
  }

  private static Reply expire(Tx tx, Args args, String name, int millis, long base) {
    HashView hash = tx.hashForUpdate(args.key(1));
    long at = FieldTime.parse(args, 2, millis, base, name);
    int condition = ExpireCondition.named(args, 3);
    WordBatch fields = FieldList.read(args, condition == 0 ? 3 : 4, NOT_POSITIVE);
    List<Reply> replies = new ArrayList<>(fields.count());
    try (ElementExpiry expiry = hash.expiring(fields, at)) {
      for (int i = 0; i < fields.count(); i++) {
        long before = hash.expiry(fields.element(i));
        if (before == Record.ABSENT) {
          replies.add(MISSING);
        } else if (ExpireCondition.hold(condition, before, at)) {
          expiry.apply(i);
          replies.add(at <= tx.now() ? REMOVED : SET);
        } else {
          replies.add(NOT_MET);
        }
      }
    }
    return new Reply.Array(replies);
  }
}
