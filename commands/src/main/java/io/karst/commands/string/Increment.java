package io.karst.commands.string;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `INCR`, `DECR`, `INCRBY`, `DECRBY`: add a signed 64-bit integer to the decimal at a key.
///
/// A missing key counts as 0. The key keeps its expiry. Any error leaves the key unchanged.
@AutoService(Operation.class)
public final class Increment implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        counter("INCR key", "Adds one to an integer.", (tx, args) -> add(tx, args, 1)),
        counter("DECR key", "Subtracts one from an integer.", (tx, args) -> add(tx, args, -1)),
        counter(
            "INCRBY key increment",
            "Adds a number to an integer.",
            (tx, args) -> add(tx, args, args.int64(2))),
        counter(
            "DECRBY key decrement", "Subtracts a number from an integer.", Increment::decrement));
  }

  private static Command counter(String syntax, String summary, Body.OnKeys body) {
    return write(syntax, "1.0.0", summary, body)
        .fast()
        .denyOom()
        .complexity("O(1)")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE);
  }

  private static Reply decrement(Tx tx, Args args) {
    long decrement = args.int64(2);
    if (decrement == Long.MIN_VALUE) {
      throw CommandException.err("decrement would overflow");
    }
    return add(tx, args, -decrement);
  }

  private static Reply add(Tx tx, Args args, long increment) {
    long before = tx.int64(args.key(1), 0);
    long after = before + increment;
    if (((before ^ after) & (increment ^ after)) < 0) {
      throw CommandException.err("increment or decrement would overflow");
    }
    tx.putInt64(args.key(1), after);
    return Reply.of(after);
  }
}
