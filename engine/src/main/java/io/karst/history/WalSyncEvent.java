package io.karst.history;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A sync of the log in a flight recording, committed at its end.
@Name("karst.WalSync")
@Label("WAL Sync")
@Category("Karst")
@Description("The disk was told to keep what the write-ahead log has")
@StackTrace(false)
final class WalSyncEvent extends Event {
  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;

  @Label("Size")
  @DataAmount
  long size;

  private WalSyncEvent() {}

  static void commit(long nanos, long size) {
    WalSyncEvent event = new WalSyncEvent();
    if (event.shouldCommit()) {
      event.took = nanos;
      event.size = size;
      event.commit();
    }
  }
}
