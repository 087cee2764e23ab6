package io.karst.commands.hash;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.StringSource;
import io.karst.engine.Listing;
import io.karst.engine.Tx;
import java.util.List;

/// `HGETALL`, `HKEYS`, `HVALS`: all fields of a hash, their values, or both.
@AutoService(Operation.class)
public final class ListFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        refined(
            read(
                "HGETALL key",
                "2.0.0",
                "Returns all fields of a hash with their values.",
                (tx, args) ->
                    new Reply.Strings(new Fields(tx, args, true, true), Reply.Shape.MAP))),
        refined(
            read(
                "HKEYS key",
                "2.0.0",
                "Returns all fields of a hash.",
                (tx, args) -> new Reply.Strings(new Fields(tx, args, true, false)))),
        refined(
            read(
                "HVALS key",
                "2.0.0",
                "Returns the values of all fields of a hash.",
                (tx, args) -> new Reply.Strings(new Fields(tx, args, false, true)))));
  }

  /// The fields of a hash, their values, or both.
  private record Fields(Listing all, boolean fields, boolean values) implements StringSource {
    private Fields(Tx tx, Args args, boolean fields, boolean values) {
      this(tx.hash(args.key(1)).listing(), fields, values);
    }

    @Override
    public int size() {
      return Math.multiplyExact(all.size(), fields && values ? 2 : 1);
    }

    @Override
    public boolean isLong() {
      return all.isLong();
    }

    @Override
    public void forEach(Visitor visitor) {
      all.forEach((field, value) -> {
        if (fields) {
          visitor.item(field);
        }
        if (values) {
          visitor.item(value);
        }
      });
    }
  }

  private static Command refined(Command command) {
    return command
        .complexity("O(N), N being the number of fields")
        .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
        .tips("nondeterministic_output_order");
  }
}
