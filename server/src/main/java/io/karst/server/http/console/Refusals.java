package io.karst.server.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.base.Bytes;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import io.karst.commands.Flag;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The commands that make no sense in a connection that ends with the request.
final class Refusals {
  /// Their effect would be on the connection, or their answer is no reply.
  private static final Set<String> ABOUT_CONNECTIONS =
      Set.of(
          "auth",
          "hello",
          "quit",
          "reset",
          "client|reply",
          "client|tracking",
          "monitor",
          "changes|follow",
          "sync",
          "psync",
          "subscribe",
          "psubscribe",
          "ssubscribe",
          "unsubscribe",
          "punsubscribe",
          "sunsubscribe");

  /// Those that wait, though not for a key.
  private static final Set<String> WAITS = Set.of("wait", "waitaof");

  /// Those that wait only if they are told to.
  private static final Set<String> MAY_BLOCK = Set.of("xread", "xreadgroup", "changes|from");

  private Refusals() {}

  /// Lets a command pass, or refuses it. One that does not exist is the server's to answer.
  static void check(CommandTable table, List<byte[]> words) throws BadRequestException {
    Command command = table.named(Bytes.of(words.getFirst()));
    if (command != null && command.isContainer() && words.size() > 1) {
      command = command.subcommand(Bytes.of(words.get(1)));
    }
    if (command == null) {
      return;
    }
    String name = command.fullName();
    if (ABOUT_CONNECTIONS.contains(name)) {
      throw new BadRequestException(
          shown(name) + " is not run here: no connection is kept between two requests");
    }
    if (waits(command, words)) {
      throw new BadRequestException(
          shown(name) + " is not run here: it may wait, and a request does not");
    }
  }

  private static boolean waits(Command command, List<byte[]> words) {
    return MAY_BLOCK.contains(command.fullName())
        ? asksToBlock(words)
        : command.has(Flag.BLOCKING) || WAITS.contains(command.fullName());
  }

  private static boolean asksToBlock(List<byte[]> words) {
    for (byte[] word : words) {
      String text = new String(word, UTF_8).toLowerCase(Locale.ROOT);
      if (text.equals("block")) {
        return true;
      }
      if (text.equals("streams")) {
        return false;
      }
    }
    return false;
  }

  private static String shown(String name) {
    return name.replace('|', ' ').toUpperCase(Locale.ROOT);
  }
}
