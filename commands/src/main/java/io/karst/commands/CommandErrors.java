package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import java.util.Locale;

/// What a client is told that calls a command that does not exist, or with the wrong number of
/// words: Redis's texts, which clients parse.
final class CommandErrors {
  private static final int SHOWN_MAX = 128;

  private CommandErrors() {}

  static CommandException wrongArity(String fullName) {
    return CommandException.err(
        "wrong number of arguments for '" + fullName.toLowerCase(Locale.ROOT) + "' command");
  }

  static CommandException unknownCommand(Args args) {
    StringBuilder text = new StringBuilder("unknown command '");
    text.append(shown(args.bytes(0), SHOWN_MAX)).append("', with args beginning with: ");
    int used = 0;
    for (int i = 1; i < args.count() && used < SHOWN_MAX; i++) {
      String argument = "'" + shown(args.bytes(i), SHOWN_MAX - used) + "' ";
      text.append(argument);
      used += argument.length();
    }
    return CommandException.err(text.toString());
  }

  static CommandException unknownSubcommand(Args args) {
    String container = shown(args.bytes(0), SHOWN_MAX).toUpperCase(Locale.ROOT);
    String name = shown(args.bytes(1), SHOWN_MAX);
    return CommandException.err("unknown subcommand '" + name + "'. Try " + container + " HELP.");
  }

  /// At most `max` bytes of `word`, without the line ends that would end the error line.
  private static String shown(Bytes word, int max) {
    String text = word.slice(0, Math.min(word.length(), max)).utf8();
    return text.replace('\r', ' ').replace('\n', ' ');
  }
}
