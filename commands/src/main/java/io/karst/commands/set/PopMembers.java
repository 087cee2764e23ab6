package io.karst.commands.set;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.SetView;
import io.karst.engine.Tx;
import java.util.List;

/// `SPOP`: removes members chosen at random, each with the same chance, and returns them; the set
/// goes with its last one.
@AutoService(Operation.class)
public final class PopMembers implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "SPOP key [count]",
                "1.0.0",
                "Removes members of a set chosen at random and returns them.",
                PopMembers::pop)
            .fast()
            .complexity("O(N), N being the number of members returned")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE)
            .tips("nondeterministic_output")
            .history("3.2.0", "Takes a count."));
  }

  private static Reply pop(Tx tx, Args args) {
    if (args.count() == 2) {
      SetView set = tx.setForUpdate(args.key(1));
      return set.exists() ? new Reply.Bulk(set.pop(tx.random())) : Reply.NIL;
    }
    if (args.count() > 3) {
      throw CommandException.syntax();
    }
    long count = count(args);
    SetView set = tx.setForUpdate(args.key(1));
    BulkList popped = new BulkList();
    if (count >= set.size() && set.exists()) {
      set.forEach((member, value) -> popped.add(member));
      set.removeAll();
    } else if (count > 0 && set.exists()) {
      set.popEach(tx.random(), (int) count, popped::add);
    }
    return new Reply.Strings(popped, Reply.Shape.SET);
  }

  private static long count(Args args) {
    if (!Decimal.isInt64(args.bytes(2)) || args.int64(2) < 0) {
      throw CommandException.err("value is out of range, must be positive");
    }
    return args.int64(2);
  }
}
