package io.karst.commands.sortedset;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Deadline;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.ScoredList;
import io.karst.engine.KeyEvent;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ZMPOP`, `BZMPOP`: take members out of the first of several sorted sets that has any; the latter
/// waits until one has.
@AutoService(Operation.class)
public final class PopFirst implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        refined(
            write(
                "ZMPOP numkeys key [key ...] <MIN | MAX> [COUNT count]",
                "7.0.0",
                "Takes members out of the first sorted set that has any.",
                (tx, args) -> {
                  Reply taken = take(tx, args, 1, false);
                  return taken == null ? Reply.NIL_ARRAY : taken;
                })),
        refined(
            write(
                    "BZMPOP timeout numkeys key [key ...] <MIN | MAX> [COUNT count]",
                    "7.0.0",
                    "Takes members out of the first sorted set that has any; waits for one.",
                    PopFirst::takeOrWait)
                .flags(Flag.BLOCKING)));
  }

  private static Command refined(Command command) {
    return command
        .complexity(
            "O(K)+O(M*log(N)), K being the number of keys, N that of members, M that of those"
                + " taken out")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE);
  }

  private static Reply takeOrWait(Tx tx, Args args) {
    long deadline = Deadline.ofSeconds(tx, args, 1);
    Reply taken = take(tx, args, 2, true);
    return taken == null
        ? new Reply.Blocked(deadline, Reply.NIL_ARRAY, ValueType.SORTED_SET)
        : taken;
  }

  /// What is taken, or null if no set has any.
  ///
  /// - `at`: the index of the number of keys.
  /// - `waits`: whether those who came before come first.
  private static @Nullable Reply take(Tx tx, Args args, int at, boolean waits) {
    int end = end(args, at);
    boolean highest = highest(args, end);
    long count = count(args, end + 1);
    for (int i = at + 1; i < end; i++) {
      Key key = args.key(i);
      SortedSetView set = tx.sortedSetForUpdate(key);
      if (set.exists() && (!waits || tx.waits().mayTake(key))) {
        tx.acts(highest ? KeyEvent.ZPOPMAX : KeyEvent.ZPOPMIN);
        return Reply.array(new Reply.Bulk(args.bytes(i)), pairs(Pop.pop(set, highest, count)));
      }
    }
    return null;
  }

  /// An array of arrays of two, whatever the protocol is.
  private static Reply pairs(ScoredList popped) {
    List<Reply> pairs = new ArrayList<>(popped.size());
    popped.forEach((member, score) ->
        pairs.add(Reply.array(new Reply.Bulk(member.copy()), new Reply.Real(score))));
    return new Reply.Array(pairs);
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

  private static long count(Args args, int from) {
    long count = 0;
    for (int i = from; i < args.count(); i += 2) {
      if (count > 0 || !args.is(i, "COUNT") || i + 1 == args.count()) {
        throw CommandException.syntax();
      }
      count = Operands.positive(args, i + 1, "count should be greater than 0");
    }
    return count == 0 ? 1 : count;
  }
}
