package io.karst.commands.string;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.value.ValueType;
import java.util.List;

/// `DELEX`: deletes a key if its value, or the digest of it, is a given one, or is not.
///
/// Without a condition it deletes a key of any type. The condition is looked at only if the key
/// exists, and then is for strings only.
@AutoService(Operation.class)
public final class DeleteIf implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "DELEX key [IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest"
                    + " | IFDNE ifdne-digest]",
                "8.4.0",
                "Deletes a key if its value compares as told.",
                DeleteIf::delete)
            .fast()
            .complexity("O(1); O(N) for a digest, N being the length of the string")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE));
  }

  private static Reply delete(Tx tx, Args args) {
    if (args.count() != 2 && args.count() != 4) {
      throw StringErrors.wrongArity("delex");
    }
    ValueType type = tx.type(args.key(1));
    if (type == null || (args.count() == 4 && !holds(tx, args, type))) {
      return Reply.ZERO;
    }
    return Reply.of(tx.delete(args.key(1)));
  }

  private static boolean holds(Tx tx, Args args, ValueType type) {
    if (type != ValueType.STRING) {
      throw CommandException.err("Key should be of string type if conditions are specified");
    }
    Condition condition = Condition.of(args, 2);
    if (condition == null || !condition.compares()) {
      throw CommandException.err("Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE");
    }
    Bytes value = tx.wholeString(args.key(1));
    return value != null && condition.holds(value, args.bytes(3));
  }
}
