package io.karst.commands.generic;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.transfer.Payloads;
import java.util.List;

/// `DUMP`: the serialised value of a key, which `RESTORE` takes, here and in Redis. Leaves the
/// event loop: a large value is compressed and summed up.
@AutoService(Operation.class)
public final class Dump implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("DUMP key", "2.6.0", "Serialises the value of a key.", Dump::dump)
            .slow()
            .complexity("O(N), N being the size of the value")
            .tips("nondeterministic_output"));
  }

  private static Reply dump(Tx tx, Args args) {
    Bytes payload = Payloads.dump(tx, args.key(1));
    return payload == null ? Reply.NIL : Reply.bulk(payload);
  }
}
