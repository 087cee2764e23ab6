package io.karst.server.info;

import io.karst.commands.Command;
import io.karst.server.config.PercentilesKind;
import io.karst.server.insight.LatencyHistogram;
import io.karst.server.session.Server;
import io.karst.server.session.Stats;
import io.karst.server.session.Stats.CommandCount;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// `Commandstats` and `Errorstats`: a line a command that was called, and one a kind of error.
final class CommandSections {
  private CommandSections() {}

  static void commands(Server server, InfoText text) {
    Stats.Commands counts = server.stats().commands();
    forEach(server, command -> command(counts.count(command.index()), command, text));
  }

  /// Percentiles of the commands that were called.
  static void latencies(Server server, InfoText text) {
    Stats.Commands counts = server.stats().commands();
    List<Double> percentiles = server.insight().percentiles();
    forEach(
        server,
        command -> {
          LatencyHistogram times = counts.latencies(command.index());
          if (times.count() > 0) {
            latency(times, percentiles, command, text);
          }
        });
  }

  private static void forEach(Server server, Consumer<Command> visitor) {
    for (Command command : server.commands().all()) {
      visitor.accept(command);
      command.subcommands().forEach(visitor);
    }
  }

  private static void latency(
      LatencyHistogram times, List<Double> percentiles, Command command, InfoText text) {
    StringBuilder values = new StringBuilder();
    for (double percentile : percentiles) {
      values.append(values.isEmpty() ? "p" : ",p").append(PercentilesKind.text(percentile));
      values.append('=');
      values.append(String.format(Locale.ROOT, "%.3f", times.percentileMicros(percentile)));
    }
    text.field("latency_percentiles_usec_" + command.fullName(), values.toString());
  }

  static void errors(Server server, InfoText text) {
    server
        .stats()
        .errors()
        .forEach((prefix, count) -> text.field("errorstat_" + prefix, "count=" + count));
  }

  private static void command(CommandCount count, Command command, InfoText text) {
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
