package io.karst.commands.hash;

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
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import java.util.List;

/// `HINCRBYFLOAT`: adds a number to the one that is the value of a field, in 80-bit precision
/// ([Extended]).
///
/// A missing field counts as 0. The field keeps its expiry. An error leaves it unchanged.
@AutoService(Operation.class)
public final class IncrementFieldFloat implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "HINCRBYFLOAT key field increment",
                "2.6.0",
                "Adds a number to a field of a hash.",
                IncrementFieldFloat::add)
            .fast()
            .denyOom()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE));
  }

  private static Reply add(Tx tx, Args args) {
    Extended increment = Extended.parse(args.bytes(3));
    if (increment == null) {
      throw CommandException.notAFloat();
    }
    if (increment.isInfinite()) {
      throw CommandException.err("value is NaN or Infinity");
    }
    HashView hash = tx.hashForUpdate(args.key(1));
    Bytes value = hash.get(args.bytes(2));
    Extended before = value == null ? Extended.ZERO : Extended.parse(value);
    if (before == null) {
      throw CommandException.err("hash value is not a float");
    }
    Extended after = before.isInfinite() ? before : before.plus(increment);
    if (after.isInfinite()) {
      throw CommandException.err("increment would produce NaN or Infinity");
    }
    Bytes text = after.format();
    hash.put(args.bytes(2), text, Tx.KEEP_EXPIRY);
    return new Reply.Bulk(text);
  }
}
