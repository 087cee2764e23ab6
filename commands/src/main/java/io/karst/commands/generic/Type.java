package io.karst.commands.generic;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.value.ValueType;
import java.util.List;

/// `TYPE`: the name of the type of a key, `none` if there is no key. No access.
@AutoService(Operation.class)
public final class Type implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("TYPE key", "1.0.0", "Tells the type of a key.", Type::type)
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY));
  }

  private static Reply type(Tx tx, Args args) {
    ValueType type = tx.type(args.key(1));
    return new Reply.Simple(type == null ? "none" : type.redisName());
  }
}
