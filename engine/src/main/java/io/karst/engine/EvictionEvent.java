package io.karst.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A cycle of eviction in a flight recording, committed at its end.
@Name("karst.Eviction")
@Label("Eviction")
@Category("Karst")
@Description("Keys evicted, or dropped from memory as the disk tier has them, in one go")
@StackTrace(false)
final class EvictionEvent extends Event {
  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;

  @Label("Keys")
  long keys;

  private EvictionEvent() {}

  static void commit(long nanos, long keys) {
    EvictionEvent event = new EvictionEvent();
    if (event.shouldCommit()) {
      event.took = nanos;
      event.keys = keys;
      event.commit();
    }
  }
}
