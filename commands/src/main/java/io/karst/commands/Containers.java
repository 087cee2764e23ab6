package io.karst.commands;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Puts containers together: the command in front, its subcommands, and a `HELP` that lists them.
final class Containers {
  private static final String HELP_SUMMARY = "Prints this help.";

  private Containers() {}

  /// A container nobody declared: since and group are those of its first subcommand.
  static Command of(List<Command> subcommands) {
    Command oldest = subcommands.stream().min(Comparator.comparing(Command::since)).orElseThrow();
    String name = String.valueOf(oldest.container()).toUpperCase(Locale.ROOT);
    Command container =
        Command.container(name, oldest.since(), "Holds the subcommands of " + name + ".")
            .group(oldest.group())
            .complexity("Depends on subcommand.");
    return of(container, subcommands);
  }

  /// `container` with these subcommands. One that does something on its own takes any number of
  /// words from there on: more than one name a subcommand.
  static Command of(Command container, List<Command> subcommands) {
    List<Command> all = new ArrayList<>(subcommands);
    if (all.stream().noneMatch(command -> command.name().equals("help"))) {
      all.add(help(container, subcommands));
    }
    all.sort(Comparator.comparing(Command::name));
    return container.arity(-Math.abs(container.arity())).subcommands(new Subcommands(all));
  }

  private static Command help(Command container, List<Command> subcommands) {
    Reply text = new Reply.Array(lines(container, subcommands));
    String line = container.name().toUpperCase(Locale.ROOT) + " HELP";
    return Command.other(line, container.since(), HELP_SUMMARY, (tx, args) -> text)
        .group(container.group())
        .categoriesOf(container)
        .complexity("O(1)")
        .loading()
        .stale();
  }

  private static List<Reply> lines(Command container, List<Command> subcommands) {
    String name = container.name().toUpperCase(Locale.ROOT);
    List<Reply> lines = new ArrayList<>();
    lines.add(new Reply.Simple(name + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"));
    if (Math.abs(container.arity()) == 1) {
      add(lines, "(no subcommand)", container.summary());
    }
    subcommands.stream()
        .sorted(Comparator.comparing(Command::name))
        .forEach(command -> add(lines, usage(command), command.summary()));
    add(lines, "HELP", HELP_SUMMARY);
    return lines;
  }

  private static String usage(Command command) {
    String name = command.name().toUpperCase(Locale.ROOT);
    return (name + " " + command.syntax().argumentText()).strip();
  }

  private static void add(List<Reply> lines, String usage, String summary) {
    lines.add(new Reply.Simple(usage));
    lines.add(new Reply.Simple("    " + summary));
  }
}
