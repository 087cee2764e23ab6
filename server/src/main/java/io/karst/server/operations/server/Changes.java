package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.server.changes.ChangeQuery;
import java.util.List;

/// `CHANGES`: what has happened to the keys, in order, resumable.
///
/// Redis has nothing like it: keyspace events are fire and forget, and a stream has to be written
/// by the application.
@AutoService(Operation.class)
public final class Changes implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        session(
                "CHANGES FROM lsn [PREFIX prefix [PREFIX prefix ...]] [COUNT count]"
                    + " [BLOCK milliseconds]",
                "karst-1.0.0",
                "Reads the history of changes from a position on.",
                (session, args) ->
                    session.server().changes().read(session, ChangeQuery.parse(args)))
            .slow()
            .admin()
            .dangerous()
            .categories(Category.READ, Category.BLOCKING)
            .flags(Flag.NO_SCRIPT, Flag.NO_ASYNC_LOADING)
            .complexity("O(N), N being the length of the history that is looked at"));
  }
}
