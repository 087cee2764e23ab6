package io.karst.commands.list;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Deadline;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `LMPOP`, `BLMPOP`: take elements out of the first list that has any, and tell which that was;
/// the latter waits until one has.
@AutoService(Operation.class)
public final class PopFirst implements Operation {
  private static final String COMPLEXITY =
      "O(N+M), N being the number of keys, M that of the elements returned";

  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "LMPOP numkeys key [key ...] <LEFT | RIGHT> [COUNT count]",
                "7.0.0",
                "Takes elements out of the first of some lists that has any.",
                (tx, args) -> {
                  Reply taken = take(tx, args, 1, false);
                  return taken == null ? Reply.NIL_ARRAY : taken;
                })
            .complexity(COMPLEXITY)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE),
        write(
                "BLMPOP timeout numkeys key [key ...] <LEFT | RIGHT> [COUNT count]",
                "7.0.0",
                "Takes elements out of the first of some lists that has any; waits for one.",
                PopFirst::takeOrWait)
            .flags(Flag.BLOCKING)
            .complexity(COMPLEXITY)
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE));
  }

  private static Reply takeOrWait(Tx tx, Args args) {
    long deadline = Deadline.ofSeconds(tx, args, 1);
    Reply taken = take(tx, args, 2, true);
    return taken == null ? new Reply.Blocked(deadline, Reply.NIL_ARRAY, ValueType.LIST) : taken;
  }

  /// What is taken, or null if no list has any.
  ///
  /// - `at`: the index of the word that says how many keys there are.
  /// - `waits`: whether those who came before come first.
  private static @Nullable Reply take(Tx tx, Args args, int at, boolean waits) {
    int end = endOfKeys(args, at);
    boolean atHead = ListEnd.isHead(args, end);
    long count = count(args, end + 1);
    for (int i = at + 1; i < end; i++) {
      Key key = args.key(i);
      ListView list = tx.listForUpdate(key);
      if (list.exists() && (!waits || tx.waits().mayTake(key))) {
        return Reply.array(new Reply.Bulk(args.bytes(i)), Pop.take(list, atHead, count));
      }
    }
    return null;
  }

  /// The index just past the keys, where there is a word.
  private static int endOfKeys(Args args, int at) {
    long keys = positive(args.bytes(at), "numkeys should be greater than 0");
    if (keys >= args.count() - at - 1) {
      throw CommandException.syntax();
    }
    return at + 1 + (int) keys;
  }

  private static long count(Args args, int from) {
    long count = -1;
    for (int i = from; i < args.count(); i += 2) {
      if (count >= 0 || !args.is(i, "COUNT") || i + 1 == args.count()) {
        throw CommandException.syntax();
      }
      count = positive(args.bytes(i + 1), "count should be greater than 0");
    }
    return count < 0 ? 1 : count;
  }

  /// A number of at least 1, or the error.
  static long positive(Bytes word, String error) {
    long number = Decimal.isInt64(word) ? Decimal.parse(word) : 0;
    if (number < 1) {
      throw CommandException.err(error);
    }
    return number;
  }
}
