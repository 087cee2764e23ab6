package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.Reply;

/// The body of a command that concerns the connection or the process and touches no key.
@FunctionalInterface
public interface SessionBody extends Body {
  /// Runs on the event loop and must not block, unless the command is declared slow: then on a
  /// virtual thread.
  ///
  /// - `args`: valid during the call.
  /// - throws [io.karst.base.CommandException] for the client's mistakes.
  Reply run(Session session, Args args);
}
