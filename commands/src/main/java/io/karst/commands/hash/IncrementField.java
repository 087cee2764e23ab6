package io.karst.commands.hash;

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
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import java.util.List;

/// `HINCRBY`: adds a signed 64-bit integer to the decimal that is the value of a field.
///
/// A missing field counts as 0. The field keeps its expiry. An error leaves it unchanged.
@AutoService(Operation.class)
public final class IncrementField implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "HINCRBY key field increment",
                "2.0.0",
                "Adds an integer to a field of a hash.",
                IncrementField::add)
            .fast()
            .denyOom()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE));
  }

  private static Reply add(Tx tx, Args args) {
    long delta = args.int64(3);
    HashView hash = tx.hashForUpdate(args.key(1));
    Bytes field = args.bytes(2);
    long before = hash.int64(field);
    long after = before + delta;
    if (((before ^ after) & (delta ^ after)) < 0) {
      throw CommandException.err("increment or decrement would overflow");
    }
    hash.put(field, Decimal.of(after), Tx.KEEP_EXPIRY);
    return Reply.of(after);
  }
}
