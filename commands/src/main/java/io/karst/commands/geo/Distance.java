package io.karst.commands.geo;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import java.util.List;

/// `GEODIST`: how far two members are from each other.
@AutoService(Operation.class)
public final class Distance implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "GEODIST key member1 member2 [M | KM | FT | MI]",
                "3.2.0",
                "Tells the distance between two members.",
                Distance::distance)
            .complexity("O(1)"));
  }

  private static Reply distance(Tx tx, Args args) {
    if (args.count() > 5) {
      throw CommandException.syntax();
    }
    Unit unit = args.count() == 5 ? Unit.read(args, 4) : Unit.M;
    SortedSetView set = tx.sortedSet(args.key(1));
    double one = set.score(args.bytes(2));
    double other = set.score(args.bytes(3));
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return Reply.NIL;
    }
    return unit.reply(Cell.ofScore(one).center().distance(Cell.ofScore(other).center()));
  }
}
