package io.karst.server.info;

import io.karst.commands.Command;
import io.karst.server.session.Server;
import io.karst.server.session.Stats.CommandCount;
import java.util.Locale;

/// `Commandstats` and `Errorstats`: a line a command that was called, and one a kind of error.
final class CommandSections {
  private CommandSections() {}

  static void commands(Server server, InfoText text) {
    for (Command command : server.commands().all()) {
      command(server, command, text);
      command.subcommands().forEach(subcommand -> command(server, subcommand, text));
    }
  }

  static void errors(Server server, InfoText text) {
    server
        .stats()
        .errors()
        .forEach((prefix, count) -> text.field("errorstat_" + prefix, "count=" + count));
  }

  private static void command(Server server, Command command, InfoText text) {
    CommandCount count = server.stats().command(command.index());
    if (count.calls() + count.rejected() == 0) {
      return;
    }
    double microsPerCall = count.calls() == 0 ? 0 : (double) count.micros() / count.calls();
    text.field(
        "cmdstat_" + command.fullName(),
        String.format(
            Locale.ROOT,
            "calls=%d,usec=%d,usec_per_call=%.2f,rejected_calls=%d,failed_calls=%d",
            count.calls(),
            count.micros(),
            microsPerCall,
            count.rejected(),
            count.failed()));
  }
}
