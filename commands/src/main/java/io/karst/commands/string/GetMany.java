package io.karst.commands.string;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// `MGET`: reads many strings at one moment; nil for a key that is missing or holds another type.
@AutoService(Operation.class)
public final class GetMany implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("MGET key [key ...]", "1.0.0", "Returns the strings of many keys.", GetMany::get)
            .fast()
            .complexity("O(N), N being the number of keys")
            .tips("request_policy:multi_shard"));
  }

  private static Reply get(Tx tx, Args args) {
    List<Reply> values = new ArrayList<>(args.count() - 1);
    for (int i = 1; i < args.count(); i++) {
      values.add(Get.reply(tx.stringOrNull(args.key(i))));
    }
    return new Reply.Array(values);
  }
}
