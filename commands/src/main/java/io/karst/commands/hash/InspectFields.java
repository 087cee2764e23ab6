package io.karst.commands.hash;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import java.util.List;

/// `HLEN`, `HEXISTS`, `HSTRLEN`: what can be told of fields without their values.
@AutoService(Operation.class)
public final class InspectFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "HLEN key",
                "2.0.0",
                "Counts the fields of a hash.",
                (tx, args) -> Reply.of(tx.hash(args.key(1)).size()))
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY),
        read(
                "HEXISTS key field",
                "2.0.0",
                "Tells whether a hash has a field.",
                (tx, args) -> Reply.of(tx.hash(args.key(1)).contains(args.bytes(2))))
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY),
        read(
                "HSTRLEN key field",
                "3.2.0",
                "Returns the length of the value of a field.",
                (tx, args) -> Reply.of(tx.hash(args.key(1)).valueLength(args.bytes(2))))
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY));
  }
}
