package io.karst.commands.hash;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.HashView;
import io.karst.engine.Tx;
import java.util.List;

/// `HDEL`: removes fields; the hash goes with its last one.
@AutoService(Operation.class)
public final class DeleteFields implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write("HDEL key field [field ...]", "2.0.0", "Removes fields of a hash.", DeleteFields::run)
            .fast()
            .complexity("O(N), N being the number of fields to be removed")
            .keyFlags(KeyFlag.READ_WRITE, KeyFlag.DELETE)
            .history("2.4.0", "Takes more than one field."));
  }

  private static Reply run(Tx tx, Args args) {
    HashView hash = tx.hashForUpdate(args.key(1));
    return hash.exists() ? Reply.of(hash.removeEach(WordBatch.rest(args, 2, 1))) : Reply.ZERO;
  }
}
