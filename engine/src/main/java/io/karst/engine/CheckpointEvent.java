package io.karst.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A checkpoint in a flight recording, committed at its end.
@Name("karst.Checkpoint")
@Label("Checkpoint")
@Category("Karst")
@Description("A round that brought what had changed to the disk tier")
@StackTrace(false)
final class CheckpointEvent extends Event {
  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;

  @Label("Keys")
  long keys;

  @Label("Failed")
  boolean failed;

  private CheckpointEvent() {}

  static void commit(long nanos, long keys, boolean failed) {
    CheckpointEvent event = new CheckpointEvent();
    if (event.shouldCommit()) {
      event.took = nanos;
      event.keys = keys;
      event.failed = failed;
      event.commit();
    }
  }
}
