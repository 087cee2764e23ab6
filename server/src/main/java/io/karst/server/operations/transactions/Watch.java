package io.karst.server.operations.transactions;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.server.session.Session;
import io.karst.server.session.SessionKeysBody;
import java.util.List;

/// `WATCH`, `UNWATCH`: lets EXEC run nothing if a key has changed by then, whoever changed it.
///
/// A key that expires has changed, one that leaves memory for the disk or comes back has not.
@AutoService(Operation.class)
public final class Watch implements Operation {
  @Override
  public List<Command> commands() {
    SessionKeysBody watch = Watch::watch;
    return List.of(
        Multi.transaction(Command.onKeys("WATCH key [key ...]", "2.2.0", "Watches keys.", watch))
            .fast()
            .flags(Flag.ALLOW_BUSY)
            .keyFlags(KeyFlag.READ_ONLY)
            .complexity("O(1) for each key"),
        Multi.transaction(session("UNWATCH", "2.2.0", "Watches no key any more.", Watch::unwatch))
            .fast()
            .flags(Flag.ALLOW_BUSY)
            .complexity("O(1)"));
  }

  private static Reply watch(Session session, Tx tx, Args args) {
    for (int i = 1; i < args.count(); i++) {
      tx.watch(session.watching(), args.key(i));
    }
    return Reply.OK;
  }

  private static Reply unwatch(Session session, Args args) {
    session.unwatch();
    return Reply.OK;
  }
}
