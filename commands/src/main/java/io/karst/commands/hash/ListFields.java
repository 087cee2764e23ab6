package io.karst.commands.hash;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
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
                (tx, args) -> {
                  BulkList all = new BulkList();
                  tx.hash(args.key(1))
                      .forEach((field, value) -> {
                        all.add(field);
                        all.add(value);
                      });
                  return new Reply.Strings(all, Reply.Shape.MAP);
                })),
        refined(
            read(
                "HKEYS key",
                "2.0.0",
                "Returns all fields of a hash.",
                (tx, args) -> {
                  BulkList all = new BulkList();
                  tx.hash(args.key(1)).forEach((field, value) -> all.add(field));
                  return new Reply.Strings(all);
                })),
        refined(
            read(
                "HVALS key",
                "2.0.0",
                "Returns the values of all fields of a hash.",
                (tx, args) -> {
                  BulkList all = new BulkList();
                  tx.hash(args.key(1)).forEach((field, value) -> all.add(value));
                  return new Reply.Strings(all);
                })));
  }

  private static Command refined(Command command) {
    return command
        .complexity("O(N), N being the number of fields")
        .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
        .tips("nondeterministic_output_order");
  }
}
