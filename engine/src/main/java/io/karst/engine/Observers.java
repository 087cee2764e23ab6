package io.karst.engine;

import io.karst.base.Bytes;
import java.util.concurrent.atomic.AtomicInteger;

/// What is to be told of what happens to keys, and to whom. Thread-safe.
///
/// *Cost.* Whoever changes a key reads one field while nobody wants to know.
public final class Observers {
  private static final Observer NOBODY =
      new Observer() {
        @Override
        public void happened(int database, Bytes key, KeyEvent event, long seen, long held) {}

        @Override
        public boolean concerns(Bytes key) {
          return false;
        }

        @Override
        public void changed(Bytes key, long client, long seenLsn, long heldLsn) {}

        @Override
        public void changedAll(long seenLsn, long heldLsn) {}
      };

  private final AtomicInteger trackers = new AtomicInteger();
  private volatile Observer observer = NOBODY;
  private volatile int classes;

  /// Whether anybody wants to know anything.
  private volatile boolean any;

  public Observers() {}

  /// Lets one be told; the only one, set before anything is to be told.
  public void observer(Observer only) {
    observer = only;
  }

  /// Lets events of these classes ([EventClass#bit]) be told of from now on.
  public synchronized void classes(int wanted) {
    classes = wanted;
    look();
  }

  /// Lets changes be told of, until as many calls have been with -1 as with 1.
  public synchronized void changes(int more) {
    trackers.addAndGet(more);
    look();
  }

  private void look() {
    any = classes != 0 || trackers.get() > 0;
  }

  boolean any() {
    return any;
  }

  boolean wants(KeyEvent event) {
    return (classes & event.eventClass().bit()) != 0;
  }

  /// Whether changes are told of.
  boolean wantsChanges() {
    return trackers.get() > 0;
  }

  Observer observer() {
    return observer;
  }
}
