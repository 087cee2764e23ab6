package io.karst.commands.generic;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Limits;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `EXISTS`, `TOUCH`: count the keys that exist, one named twice counting twice. `TOUCH` is an
/// access to them, `EXISTS` is none.
@AutoService(Operation.class)
public final class Exists implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        refined(read("EXISTS key [key ...]", "1.0.0", "Counts keys that exist.", Exists::exists))
            .history("3.0.3", "Takes more than one key."),
        refined(read("TOUCH key [key ...]", "3.2.1", "Counts keys as used.", Exists::touch)));
  }

  private static Command refined(Command command) {
    return command
        .fast()
        .keyFlags(KeyFlag.READ_ONLY)
        .complexity("O(N), N being the number of keys")
        .tips("request_policy:multi_shard", "response_policy:agg_sum")
        .slowWhen(args -> args.count() > Limits.LOOP_KEYS_MAX);
  }

  private static Reply exists(Tx tx, Args args) {
    tx.touches(false);
    return count(tx, args);
  }

  private static Reply touch(Tx tx, Args args) {
    tx.touches(true);
    return count(tx, args);
  }

  private static Reply count(Tx tx, Args args) {
    long count = 0;
    for (int i = 1; i < args.count(); i++) {
      if (tx.exists(args.key(i))) {
        count++;
      }
    }
    return Reply.of(count);
  }
}
