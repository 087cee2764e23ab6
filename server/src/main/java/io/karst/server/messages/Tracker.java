package io.karst.server.messages;

import io.karst.base.Bytes;
import org.jspecify.annotations.Nullable;

/// A client that has the server remember what it reads, to be told when that changes.
///
/// Thread: the one that runs the client's commands; those who change keys only read.
public final class Tracker {
  private final Tracking tracking;
  private final long client;
  private final Subscriber subscriber;
  private volatile TrackingMode mode;

  /// Where it is told; null once it wants to know nothing any more.
  private volatile @Nullable Subscription address;

  private volatile boolean broken;

  /// Whether it has said of the next command what [TrackingMode#optIn] or its opposite ask for.
  private boolean caching;

  /// - `to`: who is told.
  Tracker(Tracking tracking, long client, Subscriber subscriber, TrackingMode mode, Subscriber to) {
    this.tracking = tracking;
    this.client = client;
    this.subscriber = subscriber;
    this.mode = mode;
    address = address(to);
  }

  private static Subscription address(Subscriber to) {
    return new Subscription(Bytes.EMPTY, to, null);
  }

  public TrackingMode mode() {
    return mode;
  }

  /// Is told in another way from now on; what is on its way still arrives.
  void mode(TrackingMode newMode, Subscriber to) {
    if (newMode.redirect() != mode.redirect()) {
      address = address(to);
    }
    mode = newMode;
    broken = false;
    caching = false;
  }

  /// Whether the connection that was to be told is gone.
  public boolean isBroken() {
    return broken;
  }

  /// Whether it does not want to know of what this client has changed.
  boolean ignores(long changer) {
    return client == changer && mode.noLoop();
  }

  @Nullable Subscription address() {
    return address;
  }

  /// Where it is told; null if it is not, as it wants to know nothing any more, or the connection
  /// that was to be told is gone, of which it is told itself.
  @Nullable Subscription destination(long seenLsn, long heldLsn) {
    Subscription present = address;
    long redirect = mode.redirect();
    if (present == null || redirect == 0 || tracking.isThere(redirect)) {
      return present;
    }
    if (!broken) {
      broken = true;
      Tracking.send(address(subscriber), Invalidation.broken(redirect), seenLsn, heldLsn);
    }
    return null;
  }

  /// Whether it has said `CLIENT CACHING` of the next command.
  public boolean caching() {
    return caching;
  }

  public void caching(boolean on) {
    caching = on;
  }

  /// Whether what its command has read is to be remembered.
  public boolean remembers() {
    TrackingMode present = mode;
    if (present.broadcast()) {
      return false;
    }
    return present.optIn() ? caching : !(present.optOut() && caching);
  }

  /// Remembers that it has read a key. Under the lock of its slot.
  public void remember(Bytes key) {
    tracking.remember(this, key);
  }

  /// Wants to know nothing any more.
  public void close() {
    Subscription present = address;
    if (present != null) {
      present.end();
      address = null;
      tracking.closed(this);
    }
  }
}
