package io.karst.commands.set;

import static io.karst.commands.Command.read;
import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.StringSource;
import io.karst.engine.ElementsBuilder;
import io.karst.engine.SetView;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// `SINTER`, `SUNION`, `SDIFF`, and with `STORE` behind the name: the intersection, the union, or
/// the difference of sets, answered, or stored as a set whose members stay.
///
/// What is stored replaces whatever was there; nothing removes it. An error leaves it unchanged.
@AutoService(Operation.class)
public final class CombineSets implements Operation {
  private static final String LINEAR = "O(N), N being the number of members of all sets";
  private static final String BY_SMALLEST =
      "O(N*M), N being the size of the smallest set, M the number of sets";

  @Override
  public List<Command> commands() {
    return List.of(
        find("SINTER", SetAlgebra.INTERSECTION, "Returns what sets have in common.", BY_SMALLEST),
        find("SUNION", SetAlgebra.UNION, "Returns what is in any of some sets.", LINEAR),
        find("SDIFF", SetAlgebra.DIFFERENCE, "Returns what only the first set has.", LINEAR),
        store("SINTERSTORE", SetAlgebra.INTERSECTION, "Stores what sets have in common.")
            .complexity(BY_SMALLEST)
            .keys(
                KeySpec.at(1).flags(KeyFlag.READ_WRITE, KeyFlag.UPDATE),
                KeySpec.range(2, -1, 1).flags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)),
        store("SUNIONSTORE", SetAlgebra.UNION, "Stores what is in any of some sets."),
        store("SDIFFSTORE", SetAlgebra.DIFFERENCE, "Stores what only the first set has."));
  }

  private static Command find(String name, SetAlgebra algebra, String summary, String complexity) {
    return read(name + " key [key ...]", "1.0.0", summary, (tx, args) -> find(tx, args, algebra))
        .complexity(complexity)
        .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
        .tips("nondeterministic_output_order");
  }

  private static Command store(String name, SetAlgebra algebra, String summary) {
    return write(
            name + " destination key [key ...]",
            "1.0.0",
            summary,
            (tx, args) -> store(tx, args, algebra))
        .denyOom()
        .complexity(LINEAR)
        .keys(
            KeySpec.at(1).flags(KeyFlag.OVERWRITE, KeyFlag.UPDATE),
            KeySpec.range(2, -1, 1).flags(KeyFlag.READ_ONLY, KeyFlag.ACCESS));
  }

  private static Reply find(Tx tx, Args args, SetAlgebra algebra) {
    List<SetView> sets = sets(tx, args, 1, args.count());
    if (algebra.work(sets) > Limits.LOOP_ELEMENTS_MAX) {
      return new Reply.Strings(new Result(tx, sets, algebra), Reply.Shape.SET);
    }
    BulkList found = new BulkList();
    algebra.find(
        tx,
        sets,
        member -> {
          found.add(member);
          return true;
        });
    return new Reply.Strings(found, Reply.Shape.SET);
  }

  /// What is found while the reply is written, so that nobody has to keep it.
  private record Result(Tx tx, List<SetView> sets, SetAlgebra algebra) implements StringSource {
    @Override
    public int size() {
      return UNKNOWN;
    }

    @Override
    public boolean isLong() {
      return true;
    }

    @Override
    public void forEach(Visitor visitor) {
      algebra.find(
          tx,
          sets,
          member -> {
            visitor.item(member);
            return true;
          });
    }
  }

  private static Reply store(Tx tx, Args args, SetAlgebra algebra) {
    List<SetView> sets = sets(tx, args, 2, args.count());
    Bytes target = args.bytes(1);
    try (ElementsBuilder result = tx.values().newSet(target)) {
      for (int i = 0; i < sets.size(); i++) {
        if (args.bytes(2 + i).equals(target)) {
          result.expect(sets.get(i).size());
        }
      }
      if (algebra == SetAlgebra.UNION) {
        sets.forEach(set -> set.forEach((member, value) -> result.add(member)));
      } else {
        algebra.find(tx, sets, member -> result.add(member));
      }
      return Reply.of(tx.values().put(args.key(1), result));
    }
  }

  /// The sets at the keys that are words `from` to before `to`, those missing included.
  static List<SetView> sets(Tx tx, Args args, int from, int to) {
    List<SetView> sets = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      sets.add(tx.set(args.key(i)));
    }
    return sets;
  }
}
