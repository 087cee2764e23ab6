package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.server.changes.ChangeFollower;
import io.karst.server.messages.Kind;
import io.karst.server.messages.Subscription;
import io.karst.server.messages.Tracker;
import io.karst.server.resp.ReplyBuffer;
import org.jspecify.annotations.Nullable;

/// What a session is told without having asked for it, command by command: messages, what others
/// run, and changes of what it has read.
///
/// Thread: the one that runs the session's commands; every other only reads. The one that closes
/// the session may come in between: whatever begins looks afterwards whether it has.
public final class Listening {
  private final Session session;
  private volatile @Nullable Messaging messaging;
  private volatile @Nullable Subscription monitoring;
  private volatile @Nullable Tracker tracker;
  private volatile @Nullable Following following;
  private volatile boolean closed;

  Listening(Session session) {
    this.session = session;
  }

  /// What it subscribes to and sends.
  public Messaging messaging() {
    Messaging present = messaging;
    if (present != null) {
      return present;
    }
    Messaging fresh = new Messaging(session);
    messaging = fresh;
    if (closed) {
      fresh.subscriptions().close();
    }
    return fresh;
  }

  /// What the server remembers of what it reads; null if it does not want that. Any thread.
  public @Nullable Tracker tracker() {
    return tracker;
  }

  public void tracker(@Nullable Tracker fresh) {
    tracker = fresh;
    if (closed && fresh != null) {
      fresh.close();
    }
  }

  /// How many names of a kind it subscribes to. Any thread.
  public int subscribed(Kind kind) {
    Messaging present = messaging;
    return present == null ? 0 : present.subscriptions().count(kind);
  }

  /// Whether it subscribes to anything. Any thread.
  public boolean isSubscriber() {
    Messaging present = messaging;
    return present != null && present.subscriptions().any();
  }

  /// Is shown every command from now on (`MONITOR`).
  public void monitor() {
    if (monitoring == null) {
      monitoring = session.server().monitors().add(session.link().subscriber());
      if (closed) {
        endMonitoring();
      }
    }
  }

  /// Whether it is shown every command. Any thread.
  public boolean isMonitor() {
    return monitoring != null;
  }

  /// Is shown every change from where `follower` begins, until [#followNoMore].
  ///
  /// - `args`: of the command that asks for it; kept.
  public void follow(ChangeFollower follower, Args args) {
    Following fresh = Following.begin(session, follower, args);
    following = fresh;
    if (closed) {
      fresh.stop();
    }
  }

  /// Is shown changes no longer; whether it was.
  public boolean followNoMore() {
    Following present = following;
    following = null;
    if (present == null) {
      return false;
    }
    boolean news = present.goesOn();
    present.stop();
    return news;
  }

  /// Whether it is shown every change. Any thread.
  public boolean isFollower() {
    Following present = following;
    return present != null && present.goesOn();
  }

  /// Whether it is sent what it has not asked for, command by command. Any thread.
  public boolean isListener() {
    return isMonitor() || isSubscriber();
  }

  /// Writes the messages that its latest command has sent to itself.
  void writeEchoes(ReplyBuffer out) {
    Messaging present = messaging;
    if (present != null) {
      present.writeEchoes(out);
    }
  }

  /// What `CLIENT CACHING` said is over.
  void endCaching() {
    Tracker present = tracker;
    if (present != null) {
      present.caching(false);
    }
  }

  /// Listens to nothing any more.
  void reset() {
    endMonitoring();
    var _ = followNoMore();
    Messaging present = messaging;
    if (present != null) {
      present.subscriptions().clear();
    }
    closeTracker();
  }

  /// The connection is gone.
  void close() {
    closed = true;
    endMonitoring();
    Following follows = following;
    if (follows != null) {
      follows.stop();
    }
    Messaging present = messaging;
    if (present != null) {
      present.subscriptions().close();
    }
    closeTracker();
  }

  private void endMonitoring() {
    Subscription present = monitoring;
    if (present != null) {
      session.server().monitors().remove(present);
      monitoring = null;
    }
  }

  private void closeTracker() {
    Tracker present = tracker;
    if (present != null) {
      present.close();
      tracker = null;
    }
  }
}
