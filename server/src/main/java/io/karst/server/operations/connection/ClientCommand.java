package io.karst.server.operations.connection;

import static io.karst.server.operations.SessionCommand.session;

import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.server.session.SessionBody;

/// What the subcommands of `CLIENT` have in common.
final class ClientCommand {
  private ClientCommand() {}

  static Command client(String syntax, String since, String summary, SessionBody body) {
    return session("CLIENT " + syntax, since, summary, body)
        .loading()
        .stale()
        .flags(Flag.NO_SCRIPT)
        .complexity("O(1)");
  }

  /// Whether the word at `index` is `ON`; `OFF` is the only other one.
  static boolean isOn(Args args, int index) {
    if (!args.is(index, "ON") && !args.is(index, "OFF")) {
      throw CommandException.syntax();
    }
    return args.is(index, "ON");
  }
}
