package io.karst.commands.generic;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `RANDOMKEY`: a key of the database, each with the same chance; nil if there is none.
@AutoService(Operation.class)
public final class RandomKey implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("RANDOMKEY", "1.0.0", "Draws a key.", RandomKey::draw)
            .noKeys()
            .slow() // It may have to read from disk.
            .complexity("O(1)")
            .tips("request_policy:all_shards", "nondeterministic_output"));
  }

  private static Reply draw(Tx tx, Args args) {
    Bytes key = tx.all().random();
    return key == null ? Reply.NIL : Reply.bulk(key);
  }
}
