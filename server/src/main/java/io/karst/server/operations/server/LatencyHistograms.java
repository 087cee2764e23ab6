package io.karst.server.operations.server;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.insight.LatencyHistogram;
import io.karst.server.session.Session;
import io.karst.server.session.Stats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `LATENCY HISTOGRAM`: how long commands took, by powers of two of microseconds.
@AutoService(Operation.class)
public final class LatencyHistograms implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        LatencyReports.latency(
                "HISTOGRAM [command [command ...]]",
                "Counts the calls of commands by how long they took.",
                LatencyHistograms::histogram)
            .arity(-2)
            .slow()
            .complexity("O(N) where N is the number of commands asked for"));
  }

  private static Reply histogram(Session session, Args args) {
    Stats.Commands counts = session.server().stats().commands();
    List<Reply> map = new ArrayList<>();
    if (args.count() == 2) {
      session.server().commands().all().forEach(command -> add(counts, command, map));
    }
    for (int i = 2; i < args.count(); i++) {
      Command named = named(session, args.bytes(i).utf8());
      if (named != null) {
        add(counts, named, map);
      }
    }
    return new Reply.Dictionary(map);
  }

  /// The command of a name as `client|list`, or of a container.
  private static @Nullable Command named(Session session, String name) {
    int bar = name.indexOf('|');
    String first = bar < 0 ? name : name.substring(0, bar);
    for (Command command : session.server().commands().all()) {
      if (command.name().equalsIgnoreCase(first)) {
        return bar < 0 ? command : command.subcommand(Bytes.utf8(name.substring(bar + 1)));
      }
    }
    return null;
  }

  /// Adds what is known of a command and of its subcommands.
  private static void add(Stats.Commands counts, Command command, List<Reply> map) {
    LatencyHistogram times = counts.latencies(command.index());
    if (times.count() > 0) {
      map.add(Reply.bulk(command.fullName()));
      map.add(reply(times));
    }
    command.subcommands().forEach(subcommand -> add(counts, subcommand, map));
  }

  private static Reply reply(LatencyHistogram times) {
    List<Reply> buckets = new ArrayList<>();
    for (LatencyHistogram.Cumulated upTo : times.byPowersOfTwo()) {
      buckets.add(new Reply.Int(upTo.micros()));
      buckets.add(new Reply.Int(upTo.count()));
    }
    return new Reply.Dictionary(
        List.of(
            Reply.bulk("calls"),
            new Reply.Int(times.count()),
            Reply.bulk("histogram_usec"),
            new Reply.Dictionary(buckets)));
  }
}
