package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.Reply;
import io.karst.engine.Tx;

/// The body of a command that concerns the connection and looks at keys.
@FunctionalInterface
public interface SessionKeysBody extends Body {
  /// Runs where the session's commands run.
  ///
  /// - `tx`: holds the locks of the command's keys.
  /// - `args`: valid during the call.
  /// - throws [io.karst.base.CommandException] for the client's mistakes.
  Reply run(Session session, Tx tx, Args args);
}
