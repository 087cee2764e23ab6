package io.karst.commands.hash;

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
import io.karst.engine.ElementVisitor;
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import java.util.List;

/// `HRANDFIELD`: fields chosen at random, each with the same chance.
///
/// Without a count one; with one so many different ones, at most all; with a negative one so many
/// as it says, each drawn from all.
@AutoService(Operation.class)
public final class RandomFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "HRANDFIELD key [count [WITHVALUES]]",
                "6.2.0",
                "Returns fields of a hash chosen at random.",
                RandomFields::random)
            .complexity("O(N), N being the number of fields returned")
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
            .tips("nondeterministic_output"));
  }

  private static Reply random(Tx tx, Args args) {
    if (args.count() == 2) {
      return one(tx.hash(args.key(1)), tx);
    }
    boolean withValues = args.count() > 3;
    long count = RandomCount.parse(args, 2);
    if (args.count() > 4 || (withValues && !args.is(3, "WITHVALUES"))) {
      throw CommandException.syntax();
    }
    RandomCount.check(count, withValues);
    HashView hash = tx.hash(args.key(1));
    BulkList found = new BulkList();
    ElementVisitor visitor =
        (field, value) -> {
          found.add(field);
          if (withValues) {
            found.add(value);
          }
        };
    if (count > 0) {
      hash.sample(tx.random(), (int) Math.min(count, Integer.MAX_VALUE), visitor);
    } else if (count < 0 && hash.exists()) {
      hash.draw(tx.random(), -count, visitor);
    }
    return new Reply.Strings(found, withValues ? Reply.Shape.PAIRS : Reply.Shape.ARRAY);
  }

  private static Reply one(HashView hash, Tx tx) {
    if (!hash.exists()) {
      return Reply.NIL;
    }
    return new Reply.Bulk(hash.random(tx.random()));
  }
}
