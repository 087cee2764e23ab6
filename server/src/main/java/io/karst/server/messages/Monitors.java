package io.karst.server.messages;

import io.karst.base.Bytes;
import org.jspecify.annotations.Nullable;

/// Who is told of every command that runs. Thread-safe; nothing here blocks, and to tell takes no
/// lock.
public final class Monitors {
  private static final Bytes NAME = Bytes.EMPTY;

  private volatile @Nullable Audience audience;

  /// Whether there is any: what each group of commands asks.
  public boolean any() {
    return audience != null;
  }

  /// How many there are.
  public int count() {
    Audience present = audience;
    return present == null ? 0 : present.size();
  }

  /// Tells a connection from now on, until [#remove].
  public synchronized Subscription add(Subscriber subscriber) {
    Subscription fresh = new Subscription(NAME, subscriber, null);
    Audience present = audience;
    audience = present == null ? fresh : present.with(fresh);
    return fresh;
  }

  public synchronized void remove(Subscription gone) {
    Audience present = audience;
    if (present != null && gone.isActive()) {
      gone.end();
      audience = present.without(gone);
    }
  }

  /// Tells all of them a line.
  public void tell(String line) {
    Audience present = audience;
    if (present == null) {
      return;
    }
    Message message = Message.line(line);
    for (int i = 0; i < present.groups(); i++) {
      Group group = present.group(i);
      group.outbox().post(new Post(group, message, line.length(), null, 0, 0));
    }
  }
}
