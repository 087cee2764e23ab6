package io.karst.commands.server;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import io.karst.commands.Flag;
import io.karst.commands.KeyPositions;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.TableOperation;
import java.util.ArrayList;
import java.util.List;

/// `COMMAND GETKEYS`, `COMMAND GETKEYSANDFLAGS`: which words of a whole command are keys, and what
/// it would do to each of them.
@AutoService(Operation.class)
public final class CommandKeys implements TableOperation {
  /// The words in front of the command that is asked about.
  private static final int NAME_WORDS = 2;

  private CommandTable table = CommandTable.EMPTY;

  @Override
  public void bind(CommandTable newTable) {
    table = newTable;
  }

  @Override
  public List<Command> commands() {
    return List.of(
        CommandInfo.about(
                "COMMAND GETKEYS command [arg [arg ...]]",
                "2.8.13",
                "Finds the keys in a whole command.",
                (tx, args) -> keys(args, false))
            .complexity("O(N) where N is the number of words of the command"),
        CommandInfo.about(
                "COMMAND GETKEYSANDFLAGS command [arg [arg ...]]",
                "7.0.0",
                "Finds the keys in a whole command, and what it does to each.",
                (tx, args) -> keys(args, true))
            .complexity("O(N) where N is the number of words of the command"));
  }

  private Reply keys(Args args, boolean withFlags) {
    Args asked = new Args();
    for (int i = NAME_WORDS; i < args.count(); i++) {
      asked.add(args.bytes(i));
    }
    Command command = table.lookUp(asked);
    if (command == null) {
      throw CommandException.err("Invalid command specified");
    }
    if (command.keySpecs().isEmpty()) {
      throw CommandException.err("The command has no key arguments");
    }
    if (!command.acceptsCount(asked.count())) {
      throw CommandException.err("Invalid number of arguments specified for command");
    }
    List<Reply> keys = new ArrayList<>();
    for (KeySpec spec : command.keySpecs()) {
      addKeys(keys, command, spec, asked, withFlags);
    }
    if (keys.isEmpty() && !command.has(Flag.NO_MANDATORY_KEYS)) {
      throw CommandException.err("Invalid arguments specified for command");
    }
    return new Reply.Array(keys);
  }

  private static void addKeys(
      List<Reply> keys, Command command, KeySpec spec, Args asked, boolean withFlags) {
    KeyPositions positions = new KeyPositions();
    spec.positions(asked, positions);
    for (int i = 0; i < positions.count(); i++) {
      Reply key = Reply.bulk(asked.bytes(positions.at(i)));
      keys.add(
          withFlags ? Reply.array(key, InfoReply.keyFlags(command.keyFlags(spec, asked))) : key);
    }
  }
}
