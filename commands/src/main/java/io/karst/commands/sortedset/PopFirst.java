package io.karst.commands.sortedset;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import java.util.List;

/// `ZMPOP`: take members out of the first of several sorted sets that has any.
@AutoService(Operation.class)
public final class PopFirst implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "ZMPOP numkeys key [key ...] <MIN | MAX> [COUNT count]",
                "7.0.0",
                "Takes members out of the first sorted set that has any.",
                PopFirst::pop)
            .complexity(
                "O(K)+O(M*log(N)), K being the number of keys, N that of members, M that of those"
                    + " taken out"));
  }

  private static Reply pop(Tx tx, Args args) {
    return pop(tx, args, 1);
  }

  /// - `at`: the index of the number of keys.
  static Reply pop(Tx tx, Args args, int at) {
    int end = end(args, at);
    boolean highest = highest(args, end);
    long count = count(args, end + 1);
    for (int i = at + 1; i < end; i++) {
      Key key = args.key(i);
      SortedSetView set = tx.sortedSetForUpdate(key);
      if (set.exists()) {
        return Reply.array(
            Reply.bulk(key.bytes()), new Reply.Scored(Pop.pop(set, highest, count), true));
      }
    }
    return Reply.NIL_ARRAY;
  }

  private static int end(Args args, int at) {
    long keys = Operands.positive(args, at, "numkeys should be greater than 0");
    if (keys > args.count() - at - 2) {
      throw CommandException.syntax();
    }
    return at + 1 + (int) keys;
  }

  private static boolean highest(Args args, int index) {
    if (args.is(index, "MAX")) {
      return true;
    }
    if (args.is(index, "MIN")) {
      return false;
    }
    throw CommandException.syntax();
  }

  private static long count(Args args, int index) {
    if (index == args.count()) {
      return 1;
    }
    if (args.count() != index + 2 || !args.is(index, "COUNT")) {
      throw CommandException.syntax();
    }
    return Operands.positive(args, index + 1, "count should be greater than 0");
  }
}
