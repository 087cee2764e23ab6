package io.karst.server.messages;

import io.karst.base.Bytes;
import io.karst.base.Glob;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// That one connection listens to one channel or pattern, from its subscription to the end of it:
/// who subscribes again has another. Thread-safe.
public final class Subscription implements Audience {
  private final Bytes name;
  private final Subscriber subscriber;

  /// Of a pattern.
  private final @Nullable Glob glob;

  private volatile boolean active = true;

  /// It alone; made when it is first needed.
  private @Nullable Group alone;

  /// - `name`: kept.
  /// - `glob`: null if it is that of a channel.
  Subscription(Bytes name, Subscriber subscriber, @Nullable Glob glob) {
    this.name = name;
    this.subscriber = subscriber;
    this.glob = glob;
  }

  Bytes name() {
    return name;
  }

  public Subscriber subscriber() {
    return subscriber;
  }

  /// Whether messages are still wanted.
  public boolean isActive() {
    return active;
  }

  void end() {
    active = false;
  }

  @Override
  public Glob glob() {
    return Objects.requireNonNull(glob);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int groups() {
    return 1;
  }

  @Override
  public Group group(int index) {
    Group present = alone;
    if (present == null) {
      present = Group.of(this);
      alone = present; // Whoever else makes one makes the same.
    }
    return present;
  }

  @Override
  public Audience with(Subscription another) {
    return Crowd.of(this, another);
  }

  @Override
  public @Nullable Audience without(Subscription gone) {
    return gone == this ? null : this;
  }
}
