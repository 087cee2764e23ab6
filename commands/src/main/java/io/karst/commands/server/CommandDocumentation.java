package io.karst.commands.server;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.TableOperation;
import java.util.List;

/// `COMMAND DOCS`: what a person, or an interactive client, needs to know of a command.
@AutoService(Operation.class)
public final class CommandDocumentation implements TableOperation {
  private CommandTable table = CommandTable.EMPTY;

  @Override
  public void bind(CommandTable newTable) {
    table = newTable;
  }

  @Override
  public List<Command> commands() {
    return List.of(
        CommandInfo.about(
                "COMMAND DOCS [command-name [command-name ...]]",
                "7.0.0",
                "Documents the named commands, or every command.",
                (tx, args) -> documentation(args))
            .complexity("O(N) where N is the number of commands")
            .tips("nondeterministic_output_order")
            .slowWhen(args -> args.count() == 2));
  }

  /// By name; a name that is none is left out.
  private Reply documentation(Args args) {
    ReplyMap map = new ReplyMap();
    if (args.count() == 2) {
      table.all().forEach(command -> map.put(command.fullName(), DocsReply.of(command)));
    }
    for (int i = 2; i < args.count(); i++) {
      Command command = table.named(args.bytes(i));
      if (command != null) {
        map.put(command.fullName(), DocsReply.of(command));
      }
    }
    return map.reply();
  }
}
