package io.karst.commands.set;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.hyperloglog.Registers;
import io.karst.engine.SetView;
import io.karst.engine.Tx;
import java.util.List;

/// `SINTERCARD`, `SUNIONCARD`, `SDIFFCARD`: how many members an intersection, a union or a
/// difference has; with `LIMIT`, counting ends there. With `APPROX` the number is the estimate of a
/// HyperLogLog, which takes no memory for what it has seen.
@AutoService(Operation.class)
public final class CountCombined implements Operation {
  private static final String LINEAR = "O(N), N being the number of members of all sets";

  @Override
  public List<Command> commands() {
    return List.of(
        count(
                "SINTERCARD numkeys key [key ...] [LIMIT limit]",
                "7.0.0",
                "Counts what sets have in common.",
                SetAlgebra.INTERSECTION)
            .complexity("O(N*M), N being the size of the smallest set, M the number of sets"),
        count(
                "SUNIONCARD numkeys key [key ...] [APPROX] [LIMIT limit]",
                "8.10.0",
                "Counts what is in any of some sets.",
                SetAlgebra.UNION)
            .complexity(LINEAR),
        count(
                "SDIFFCARD numkeys key [key ...] [LIMIT limit]",
                "8.10.0",
                "Counts what only the first set has.",
                SetAlgebra.DIFFERENCE)
            .complexity(LINEAR));
  }

  private static Command count(String syntax, String since, String summary, SetAlgebra algebra) {
    return read(syntax, since, summary, (tx, args) -> count(tx, args, algebra))
        .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS);
  }

  private static Reply count(Tx tx, Args args, SetAlgebra algebra) {
    int keys = keys(args);
    long limit = 0;
    boolean approximate = false;
    for (int i = 2 + keys; i < args.count(); i++) {
      if (args.is(i, "LIMIT") && i + 1 < args.count()) {
        limit = limit(args, ++i);
      } else if (algebra == SetAlgebra.UNION && args.is(i, "APPROX")) {
        approximate = true;
      } else {
        throw CommandException.syntax();
      }
    }
    List<SetView> sets = CombineSets.sets(tx, args, 2, 2 + keys);
    long most = limit == 0 ? Long.MAX_VALUE : limit;
    return Reply.of(approximate ? estimate(sets, most) : count(tx, sets, algebra, most));
  }

  private static long count(Tx tx, List<SetView> sets, SetAlgebra algebra, long most) {
    long[] count = {0};
    algebra.find(tx, sets, member -> ++count[0] < most);
    return count[0];
  }

  private static long estimate(List<SetView> sets, long most) {
    Registers seen = new Registers();
    for (SetView set : sets) {
      set.forEach((member, value) -> seen.add(member));
    }
    return Math.min(seen.estimate(), most);
  }

  private static int keys(Args args) {
    long keys = Decimal.isInt64(args.bytes(1)) ? args.int64(1) : 0;
    if (keys <= 0) {
      throw CommandException.err("numkeys should be greater than 0");
    }
    if (keys > args.count() - 2) {
      throw CommandException.err("Number of keys can't be greater than number of args");
    }
    return (int) keys;
  }

  private static long limit(Args args, int index) {
    long limit = Decimal.isInt64(args.bytes(index)) ? args.int64(index) : -1;
    if (limit < 0) {
      throw CommandException.err("LIMIT can't be negative");
    }
    return limit;
  }
}
