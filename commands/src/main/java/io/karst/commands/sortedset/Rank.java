package io.karst.commands.sortedset;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import java.util.List;

/// `ZRANK`, `ZREVRANK`: the place of a member in the order of scores.
@AutoService(Operation.class)
public final class Rank implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "ZRANK key member [WITHSCORE]",
                "2.0.0",
                "Tells the rank of a member, the lowest score being 0.",
                (tx, args) -> rank(tx, args, false))
            .fast()
            .complexity("O(log(N)), N being the number of members")
            .history("7.2.0", "Takes `WITHSCORE`."),
        read(
                "ZREVRANK key member [WITHSCORE]",
                "2.0.0",
                "Tells the rank of a member, the highest score being 0.",
                (tx, args) -> rank(tx, args, true))
            .fast()
            .complexity("O(log(N)), N being the number of members")
            .history("7.2.0", "Takes `WITHSCORE`."));
  }

  private static Reply rank(Tx tx, Args args, boolean reverse) {
    boolean withScore = args.count() > 3;
    if (args.count() > 4 || (withScore && !args.is(3, "WITHSCORE"))) {
      throw CommandException.syntax();
    }
    SortedSetView set = tx.sortedSet(args.key(1));
    Bytes member = args.bytes(2);
    long rank = set.rank(member);
    if (rank < 0) {
      return withScore ? Reply.NIL_ARRAY : Reply.NIL;
    }
    Reply place = Reply.of(reverse ? set.size() - 1 - rank : rank);
    return withScore ? Reply.array(place, new Reply.Real(set.score(member))) : place;
  }
}
