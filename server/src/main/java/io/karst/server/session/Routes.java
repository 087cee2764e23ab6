package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;

/// The routes of all commands. Immutable.
final class Routes {
  private final CommandTable commands;
  private final Route[] byIndex;

  Routes(CommandTable commands) {
    this.commands = commands;
    byIndex = new Route[commands.size()];
    for (Command command : commands.declared()) {
      enter(command);
      command.subcommands().forEach(this::enter);
    }
  }

  /// The route of the command `args` calls.
  ///
  /// - throws [io.karst.base.CommandException] as [CommandTable#find(Args)] does.
  Route find(Args args) {
    return byIndex[commands.find(args).index()];
  }

  Route of(Command command) {
    return byIndex[command.index()];
  }

  private void enter(Command command) {
    byIndex[command.index()] = new Route(command);
  }
}
