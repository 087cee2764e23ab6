package io.karst.server.operations;

import io.karst.base.CommandException;
import io.karst.commands.Body;
import io.karst.commands.Command;
import io.karst.server.session.SessionBody;

/// Declares commands whose body is a [SessionBody].
public final class SessionCommand {
  private SessionCommand() {}

  /// As [Command#other(String, String, String, Body)], for a lambda.
  public static Command session(String syntax, String since, String summary, SessionBody body) {
    return Command.other(syntax, since, summary, (Body) body);
  }

  /// For commands whose syntax allows more words than [Command#arity] can tell.
  public static CommandException wrongArity(String fullName) {
    return CommandException.err("wrong number of arguments for '" + fullName + "' command");
  }
}
