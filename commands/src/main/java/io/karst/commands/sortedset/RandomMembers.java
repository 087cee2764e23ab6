package io.karst.commands.sortedset;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.RandomCount;
import io.karst.commands.Reply;
import io.karst.engine.ElementVisitor;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import io.karst.value.Scores;
import java.util.List;

/// `ZRANDMEMBER`: members chosen at random, each with the same chance.
///
/// Without a count one; with one so many different ones, at most all; with a negative one so many
/// as it says, each drawn from all.
@AutoService(Operation.class)
public final class RandomMembers implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "ZRANDMEMBER key [count [WITHSCORES]]",
                "6.2.0",
                "Returns members of a sorted set chosen at random.",
                RandomMembers::random)
            .complexity("O(N), N being the number of members returned")
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
            .tips("nondeterministic_output"));
  }

  private static Reply random(Tx tx, Args args) {
    if (args.count() == 2) {
      return one(tx.sortedSet(args.key(1)), tx);
    }
    boolean withScores = args.count() > 3;
    long count = RandomCount.parse(args, 2);
    if (args.count() > 4 || (withScores && !args.is(3, "WITHSCORES"))) {
      throw CommandException.syntax();
    }
    RandomCount.check(count, withScores);
    SortedSetView set = tx.sortedSet(args.key(1));
    Pairs found = new Pairs(withScores);
    ElementVisitor visitor = (member, score) -> found.visit(member, Scores.ofBytes(score));
    if (count > 0) {
      set.sample(tx.random(), (int) Math.min(count, Integer.MAX_VALUE), visitor);
    } else if (count < 0 && set.exists()) {
      set.draw(tx.random(), -count, visitor);
    }
    return found.reply();
  }

  private static Reply one(SortedSetView set, Tx tx) {
    return set.exists() ? new Reply.Bulk(set.random(tx.random())) : Reply.NIL;
  }
}
