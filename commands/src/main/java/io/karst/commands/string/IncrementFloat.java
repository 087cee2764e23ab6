package io.karst.commands.string;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Extended;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `INCRBYFLOAT`: adds a number to the one at a key, in 80-bit precision ([Extended]).
///
/// A missing key counts as 0. The key keeps its expiry. The effect is the sum, so a replay does
/// not compute.
@AutoService(Operation.class)
public final class IncrementFloat implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "INCRBYFLOAT key increment",
                "2.6.0",
                "Adds a number to a floating-point number.",
                IncrementFloat::add)
            .fast()
            .denyOom()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE));
  }

  private static Reply add(Tx tx, Args args) {
    Bytes value = tx.string(args.key(1));
    Extended before = value == null ? Extended.ZERO : Extended.parse(value);
    Extended increment = Extended.parse(args.bytes(2));
    if (before == null || increment == null) {
      throw CommandException.notAFloat();
    }
    if (before.isInfinite() || increment.isInfinite()) {
      throw notFinite();
    }
    Extended after = before.plus(increment);
    if (after.isInfinite()) {
      throw notFinite();
    }
    Bytes text = after.format();
    tx.putString(args.key(1), text, Tx.KEEP_EXPIRY);
    return new Reply.Bulk(text);
  }

  private static CommandException notFinite() {
    return CommandException.err("increment would produce NaN or Infinity");
  }
}
