package io.karst.server.messages;

import io.karst.base.Bytes;
import io.karst.engine.KeyEvent;
import io.karst.engine.Observer;
import io.karst.server.config.KeyspaceEvents;

/// What the engine tells of keys, passed on to clients. Thread-safe.
public final class KeyObserver implements Observer {
  private final KeyspaceMessages events;
  private final Tracking tracking;

  public KeyObserver(Exchange exchange, Tracking tracking) {
    this.tracking = tracking;
    events = new KeyspaceMessages(exchange);
  }

  /// Tells of events in this way from now on; which they are, the engine knows.
  public void follow(KeyspaceEvents wanted) {
    events.follow(wanted);
  }

  @Override
  public void happened(int database, Bytes key, KeyEvent event, long seenLsn, long heldLsn) {
    events.happened(database, key, event, seenLsn, heldLsn);
  }

  @Override
  public boolean concerns(Bytes key) {
    return tracking.concerns(key);
  }

  @Override
  public void changed(Bytes key, long client, long seenLsn, long heldLsn) {
    tracking.changed(key, client, seenLsn, heldLsn);
  }

  @Override
  public void changedAll(long seenLsn, long heldLsn) {
    tracking.changedAll(seenLsn, heldLsn);
  }
}
