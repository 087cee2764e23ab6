package io.karst.server.insight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A slow command in a flight recording. It is committed once the command is over: `took` tells for
/// how long it had run.
@Name("karst.SlowCommand")
@Label("Slow Command")
@Category("Karst")
@Description("A command that took at least as long as the slow log asks for, or ten milliseconds")
@StackTrace(false)
final class SlowCommandEvent extends Event {
  /// From how long on a command is worth an event, whatever the slow log takes.
  static final long THRESHOLD_NANOS = 10_000_000;

  @Label("Command")
  String command = "";

  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;

  @Label("Further Commands")
  @Description("How many commands of the same pipeline have taken this time together with it")
  int others;

  @Label("Client")
  String client = "";

  private SlowCommandEvent() {}

  static void commit(String command, long nanos, int others, String client) {
    SlowCommandEvent event = new SlowCommandEvent();
    if (event.shouldCommit()) {
      event.command = command;
      event.took = nanos;
      event.others = others;
      event.client = client;
      event.commit();
    }
  }
}
