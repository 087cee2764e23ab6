package io.karst.commands;

import java.util.List;

/// An operation of commands made by a test.
public record TestOperation(List<Command> commands) implements Operation {
  /// A body for commands that are looked up and not run.
  public static final Body.OnKeys UNUSED = (tx, args) -> Reply.OK;

  public static CommandTable table(Command... commands) {
    return CommandTable.of(List.of(new TestOperation(List.of(commands))));
  }

  public static Command read(String syntax) {
    return Command.read(syntax, "1.0.0", "Reads.", UNUSED).group("string");
  }

  public static Command write(String syntax) {
    return Command.write(syntax, "1.0.0", "Writes.", UNUSED).group("string");
  }

  public static Command other(String syntax) {
    return Command.other(syntax, "1.0.0", "Does.", UNUSED).group("connection");
  }
}
