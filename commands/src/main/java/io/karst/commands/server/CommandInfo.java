package io.karst.commands.server;

import static io.karst.commands.Command.other;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Glob;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.TableOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// `COMMAND` with `COUNT`, `INFO` and `LIST`: which commands there are, and what a client library
/// needs to know of each to call it.
@AutoService(Operation.class)
public final class CommandInfo implements TableOperation {
  private static final String UNORDERED = "nondeterministic_output_order";

  private CommandTable table = CommandTable.EMPTY;

  @Override
  public void bind(CommandTable newTable) {
    table = newTable;
  }

  @Override
  public List<Command> commands() {
    return List.of(
        about("COMMAND", "2.8.13", "Describes every command.", (tx, args) -> everything())
            .complexity("O(N) where N is the number of commands")
            .tips(UNORDERED)
            .slow(),
        about("COMMAND COUNT", "2.8.13", "Counts the commands.", (tx, args) -> count())
            .complexity("O(1)"),
        about(
                "COMMAND INFO [command-name [command-name ...]]",
                "2.8.13",
                "Describes the named commands, or every command.",
                (tx, args) -> info(args))
            .complexity("O(N) where N is the number of commands")
            .history("7.0.0", "Without a name it describes every command.")
            .tips(UNORDERED)
            .slowWhen(args -> args.count() == 2),
        about(
                "COMMAND LIST [FILTERBY <MODULE module-name | ACLCAT category | PATTERN pattern>]",
                "7.0.0",
                "Lists the names of the commands, or of some of them.",
                (tx, args) -> list(args))
            .complexity("O(N) where N is the number of commands")
            .tips(UNORDERED));
  }

  /// A command about commands: every one of them is `@connection`, and answers at any time.
  static Command about(String syntax, String since, String summary, Body.OnKeys body) {
    return other(syntax, since, summary, body).categories(Category.CONNECTION).loading().stale();
  }

  private Reply everything() {
    return new Reply.Array(table.all().stream().map(InfoReply::of).toList());
  }

  private Reply count() {
    return Reply.of(table.all().size());
  }

  private Reply info(Args args) {
    if (args.count() == 2) {
      return everything();
    }
    List<Reply> found = new ArrayList<>();
    for (int i = 2; i < args.count(); i++) {
      Command command = table.named(args.bytes(i));
      found.add(command == null ? Reply.NIL : InfoReply.of(command));
    }
    return new Reply.Array(found);
  }

  private Reply list(Args args) {
    Predicate<Command> filter = filter(args);
    List<Reply> names = new ArrayList<>();
    for (Command command : table.all()) {
      addName(names, command, filter);
      command.subcommands().forEach(subcommand -> addName(names, subcommand, filter));
    }
    return new Reply.Array(names);
  }

  private static void addName(List<Reply> names, Command command, Predicate<Command> filter) {
    if (filter.test(command)) {
      names.add(Reply.bulk(command.fullName()));
    }
  }

  private static Predicate<Command> filter(Args args) {
    if (args.count() == 2) {
      return command -> true;
    }
    if (args.count() != 5 || !args.is(2, "FILTERBY")) {
      throw CommandException.syntax();
    }
    if (args.is(3, "MODULE")) {
      return command -> false; // There are no modules.
    }
    if (args.is(3, "ACLCAT")) {
      Category category = Category.of(args.bytes(4).utf8());
      return command -> category != null && command.categories().contains(category);
    }
    if (args.is(3, "PATTERN")) {
      Glob pattern = Glob.ignoringCase(args.bytes(4));
      return command -> pattern.matches(Bytes.utf8(command.fullName()));
    }
    throw CommandException.syntax();
  }
}
