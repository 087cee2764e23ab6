package io.karst.commands.server;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.transfer.Digest;
import java.util.ArrayList;
import java.util.List;

/// `DEBUG DIGEST` and `DIGEST-VALUE`: whether two stores, or two keys, hold the same. The digests
/// are not Redis's, but are equal when Redis's are.
@AutoService(Operation.class)
public final class DebugDigest implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        debug("DEBUG DIGEST", "Sums up all keys and values.", DebugDigest::ofAll).noKeys(),
        debug("DEBUG DIGEST-VALUE key [key ...]", "Sums up values.", DebugDigest::ofKeys));
  }

  private static Command debug(String syntax, String summary, Body.OnKeys body) {
    return read(syntax, "1.0.0", summary, body)
        .slow()
        .admin()
        .flags(Flag.NO_SCRIPT)
        .complexity("O(N), N being the size of the values");
  }

  private static Reply ofAll(Tx tx, Args args) {
    return new Reply.Simple(Digest.ofAll(tx));
  }

  private static Reply ofKeys(Tx tx, Args args) {
    List<Reply> digests = new ArrayList<>();
    for (int i = 2; i < args.count(); i++) {
      digests.add(new Reply.Simple(Digest.ofKey(tx, args.key(i))));
    }
    return new Reply.Array(digests);
  }
}
