package io.karst.commands.sortedset;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.ScoredList;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import java.util.List;

/// `ZPOPMIN`, `ZPOPMAX`: take out the members of the lowest or highest scores.
@AutoService(Operation.class)
public final class Pop implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        pop("ZPOPMIN key [count]", "Takes out the members of the lowest scores.", false),
        pop("ZPOPMAX key [count]", "Takes out the members of the highest scores.", true));
  }

  private static Command pop(String syntax, String summary, boolean highest) {
    return write(syntax, "5.0.0", summary, (tx, args) -> pop(tx, args, highest))
        .fast()
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE)
        .complexity("O(log(N)*M), N being the number of members and M that of those taken out");
  }

  private static Reply pop(Tx tx, Args args, boolean highest) {
    if (args.count() > 3) {
      throw CommandException.syntax();
    }
    boolean counted = args.count() == 3;
    long count = counted ? count(args) : 1;
    SortedSetView set = tx.sortedSetForUpdate(args.key(1));
    return new Reply.Scored(pop(set, highest, count), counted);
  }

  private static long count(Args args) {
    Bytes word = args.bytes(2);
    if (!Decimal.isInt64(word) || args.int64(2) < 0) {
      throw CommandException.err("value is out of range, must be positive");
    }
    return args.int64(2);
  }

  /// Takes out up to `count` members, all or none.
  static ScoredList pop(SortedSetView set, boolean highest, long count) {
    ScoredList popped = new ScoredList();
    int size = set.size();
    if (count == 1 && size > 0) {
      set.take(highest ? size - 1 : 0, popped::add);
      return popped;
    }
    if (count >= size && size > 0) {
      set.range(highest ? size - 1 : 0, size, highest, popped::add);
      set.removeAll();
      return popped;
    }
    Bytes[] members = new Bytes[(int) Math.min(count, size)];
    set.range(
        highest ? size - 1 : 0,
        members.length,
        highest,
        (member, score) -> {
          members[popped.size()] = member.copy();
          popped.add(member, score);
        });
    set.removeEach(new Members(List.of(members)));
    return popped;
  }
}
