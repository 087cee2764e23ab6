package io.karst.commands.string;

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
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `MSET`, `MSETNX`, `MSETEX`: set many keys to strings, all or none.
///
/// Of a key that is named twice the last value stays. `MSETEX` gives all keys one expiry.
@AutoService(Operation.class)
public final class SetMany implements Operation {
  private static final String COMPLEXITY = "O(N), N being the number of keys";

  @Override
  public List<Command> commands() {
    return List.of(
        write("MSET key value [key value ...]", "1.0.1", "Sets many keys to strings.", SetMany::set)
            .denyOom()
            .complexity(COMPLEXITY)
            .keyFlags(KeyFlag.OVERWRITE, KeyFlag.UPDATE)
            .tips("request_policy:multi_shard", "response_policy:all_succeeded"),
        write(
                "MSETNX key value [key value ...]",
                "1.0.1",
                "Sets many keys to strings if none of them exists.",
                SetMany::setIfMissing)
            .denyOom()
            .complexity(COMPLEXITY)
            .keyFlags(KeyFlag.OVERWRITE, KeyFlag.INSERT),
        write(
                "MSETEX numkeys key value [key value ...] [NX | XX] [EX seconds"
                    + " | PX milliseconds | EXAT unix-time-seconds"
                    + " | PXAT unix-time-milliseconds | KEEPTTL]",
                "8.4.0",
                "Sets many keys to strings with one expiry.",
                SetMany::setWithExpiry)
            .denyOom()
            .complexity(COMPLEXITY)
            .keyFlags(KeyFlag.OVERWRITE, KeyFlag.UPDATE)
            .tips("request_policy:multi_shard", "response_policy:all_succeeded"));
  }

  private static Reply set(Tx tx, Args args) {
    checkPairs(args, "mset");
    put(tx, args, 1, args.count(), Record.NO_EXPIRY);
    return Reply.OK;
  }

  private static Reply setIfMissing(Tx tx, Args args) {
    checkPairs(args, "msetnx");
    if (!allMeet(Condition.NX, tx, args, 1, args.count())) {
      return Reply.ZERO;
    }
    put(tx, args, 1, args.count(), Record.NO_EXPIRY);
    return Reply.ONE;
  }

  private static Reply setWithExpiry(Tx tx, Args args) {
    int end = endOfPairs(args);
    ExpiryOption expiry = new ExpiryOption("KEEPTTL");
    Condition condition = null;
    for (int i = end; i < args.count(); ) {
      int words = expiry.take(args, i);
      if (words == 0) {
        condition = condition(args, i, condition);
        words = 1;
      }
      i += words;
    }
    long at = expiry.at(tx, args, "msetex", Tx.KEEP_EXPIRY, Record.NO_EXPIRY);
    if (condition != null && !allMeet(condition, tx, args, 2, end)) {
      return Reply.ZERO;
    }
    put(tx, args, 2, end, at);
    return Reply.ONE;
  }

  private static void checkPairs(Args args, String command) {
    if (args.count() % 2 == 0) {
      throw StringErrors.wrongArity(command);
    }
  }

  /// The index just past the keys and values of `MSETEX`.
  private static int endOfPairs(Args args) {
    Bytes word = args.bytes(1);
    long keys = Decimal.isInt64(word) ? Decimal.parse(word) : 0;
    if (keys <= 0 || keys > Integer.MAX_VALUE) {
      throw CommandException.err("invalid numkeys value");
    }
    long end = 2 + 2 * keys;
    if (end > args.count()) {
      throw CommandException.err("wrong number of key-value pairs");
    }
    return (int) end;
  }

  private static Condition condition(Args args, int index, @Nullable Condition before) {
    Condition named = Condition.of(args, index);
    if (named == null || named.compares() || (before != null && before != named)) {
      throw CommandException.syntax();
    }
    return named;
  }

  private static boolean allMeet(Condition condition, Tx tx, Args args, int from, int to) {
    for (int i = from; i < to; i += 2) {
      if (!condition.holds(tx.exists(args.key(i)))) {
        return false;
      }
    }
    return true;
  }

  private static void put(Tx tx, Args args, int from, int to, long expiry) {
    for (int i = from; i < to; i += 2) {
      tx.putString(args.key(i), args.bytes(i + 1), expiry);
    }
  }
}
