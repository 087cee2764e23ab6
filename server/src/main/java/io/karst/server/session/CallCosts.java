package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.server.insight.HotKeySketch;
import io.karst.server.insight.Insight;
import io.karst.server.insight.MonitorLine;

/// Counts what commands cost, tells of those that took long, and shows them to monitors. Without
/// state.
final class CallCosts {
  private CallCosts() {}

  /// A command has run.
  ///
  /// - `args`: valid during the call.
  /// - `replySize`: bytes of its reply, as far as they are known.
  static void ran(
      WorkerStats stats, Session session, Route route, Args args, long nanos, long replySize) {
    stats.called(route.index, nanos);
    told(stats, session, route, args, nanos, replySize);
  }

  /// A command that waited is over.
  static void ended(WorkerStats stats, Session session, Route route, Args args, long nanos) {
    stats.ended(route.index, nanos);
    told(stats, session, route, args, nanos, 0);
  }

  /// Shows a command to those who monitor.
  static void show(Session session, int database, Route route, Args args) {
    Server server = session.server();
    if (server.monitors().any() && route.shown) {
      server.monitors().tell(line(session, database, session.remoteAddress(), route, args));
    }
  }

  /// Keeps a command that a script calls, for those who monitor.
  static void keep(ScriptCounts counts, Session session, Route route, Args args) {
    Server server = session.server();
    if (server.monitors().any() && route.shown) {
      counts.called(server.monitors(), line(session, session.database(), "lua", route, args));
    }
  }

  private static String line(Session session, int database, String source, Route route, Args args) {
    long micros = session.server().clock().wallMicros();
    return MonitorLine.of(micros, database, source, route.command.fullName(), args);
  }

  private static void told(
      WorkerStats stats, Session session, Route route, Args args, long nanos, long replySize) {
    if (nanos >= session.server().insight().alarmNanos()) {
      slow(session, route, args, nanos, 0);
    }
    HotKeySketch sketch = stats.sketch();
    if (sketch != null) {
      sketch.ran(route.command, route.keyed, args, nanos, replySize);
    }
  }

  /// A command took long, together with `others` behind it.
  static void slow(Session session, Route route, Args args, long nanos, int others) {
    Insight insight = session.server().insight();
    insight.slow(route.command, args, nanos, others, session.remoteAddress(), session.name());
  }
}
