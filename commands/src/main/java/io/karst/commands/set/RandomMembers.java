package io.karst.commands.set;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.RandomCount;
import io.karst.commands.Reply;
import io.karst.engine.SetView;
import io.karst.engine.Tx;
import java.util.List;

/// `SRANDMEMBER`: members chosen at random, each with the same chance.
///
/// Without a count one; with one so many different ones, at most all; with a negative one so many
/// as it says, each drawn from all.
@AutoService(Operation.class)
public final class RandomMembers implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "SRANDMEMBER key [count]",
                "1.0.0",
                "Returns members of a set chosen at random.",
                RandomMembers::random)
            .complexity("O(N), N being the number of members returned")
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
            .tips("nondeterministic_output")
            .history("2.6.0", "Takes a count."));
  }

  private static Reply random(Tx tx, Args args) {
    if (args.count() == 2) {
      SetView set = tx.set(args.key(1));
      return set.exists() ? new Reply.Bulk(set.random(tx.random())) : Reply.NIL;
    }
    if (args.count() > 3) {
      throw CommandException.syntax();
    }
    long count = RandomCount.parse(args, 2);
    RandomCount.check(count, false);
    SetView set = tx.set(args.key(1));
    BulkList found = new BulkList();
    if (count > 0) {
      int most = (int) Math.min(count, Integer.MAX_VALUE);
      set.sample(tx.random(), most, (member, value) -> found.add(member));
    } else if (count < 0 && set.exists()) {
      set.draw(tx.random(), -count, (member, value) -> found.add(member));
    }
    return new Reply.Strings(found);
  }
}
