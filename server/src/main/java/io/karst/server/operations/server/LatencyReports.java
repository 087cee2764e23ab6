package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.insight.LatencyDiagnosis;
import io.karst.server.insight.LatencyEvents;
import io.karst.server.insight.LatencyGraph;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `LATENCY HISTORY`, `LATEST`, `RESET`, `DOCTOR`, `GRAPH`: what took longer than
/// `latency-monitor-threshold`, commands and work in the background.
@AutoService(Operation.class)
public final class LatencyReports implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        latency("HISTORY event", "Answers the times of one event.", LatencyReports::history),
        latency("LATEST", "Answers the latest time of each event.", LatencyReports::latest),
        latency("DOCTOR", "Tells what has been slow, and what helps.", LatencyReports::doctor),
        latency("GRAPH event", "Draws the times of one event.", LatencyReports::graph),
        latency("RESET [event [event ...]]", "Forgets events.", LatencyReports::reset)
            .arity(-2)
            .tips("request_policy:all_nodes", "response_policy:agg_sum"));
  }

  static Command latency(String syntax, String summary, SessionBody body) {
    return session("LATENCY " + syntax, "2.8.13", summary, body)
        .admin()
        .loading()
        .stale()
        .flags(Flag.NO_SCRIPT)
        .complexity("O(1)")
        .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special");
  }

  private static LatencyEvents events(Session session) {
    return session.server().insight().latency();
  }

  private static String name(Args args, int index) {
    return args.bytes(index).utf8().toLowerCase(Locale.ROOT);
  }

  private static Reply history(Session session, Args args) {
    List<Reply> samples = new ArrayList<>();
    for (LatencyEvents.Sample sample : events(session).history(name(args, 2))) {
      samples.add(
          new Reply.Array(
              List.of(new Reply.Int(sample.seconds()), new Reply.Int(sample.millis()))));
    }
    return new Reply.Array(samples);
  }

  private static Reply latest(Session session, Args args) {
    List<Reply> lines = new ArrayList<>();
    for (LatencyEvents.Event event : events(session).all()) {
      lines.add(
          new Reply.Array(
              List.of(
                  Reply.bulk(event.name()),
                  new Reply.Int(event.latest().seconds()),
                  new Reply.Int(event.latest().millis()),
                  new Reply.Int(event.maxMillis()))));
    }
    return new Reply.Array(lines);
  }

  private static Reply doctor(Session session, Args args) {
    long nowSeconds = session.server().clock().wallMillis() / 1000;
    return text(LatencyDiagnosis.of(events(session), nowSeconds));
  }

  private static Reply graph(Session session, Args args) {
    String name = name(args, 2);
    long nowSeconds = session.server().clock().wallMillis() / 1000;
    for (LatencyEvents.Event event : events(session).all()) {
      if (event.name().equals(name)) {
        return text(LatencyGraph.of(event, nowSeconds));
      }
    }
    throw CommandException.err("No samples available for event '" + name + "'");
  }

  private static Reply reset(Session session, Args args) {
    if (args.count() == 2) {
      return Reply.of(events(session).resetAll());
    }
    int count = 0;
    for (int i = 2; i < args.count(); i++) {
      count += events(session).reset(name(args, i)) ? 1 : 0;
    }
    return Reply.of(count);
  }

  private static Reply text(String text) {
    return new Reply.Verbatim("txt", Bytes.utf8(text));
  }
}
