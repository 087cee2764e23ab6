package io.karst.server.messages;

import io.karst.commands.Reply;
import io.karst.engine.Announcement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message that is about to be sent to everybody who listens now, with the copies for patterns.
///
/// Thread: the sender's.
public final class Publication implements Announcement {
  /// - `own`: whether the sender is one of the audience.
  private record Part(Audience audience, Reply.Push message, boolean own) {}

  private final @Nullable Sender sender;
  private final int size;
  private final List<Part> parts = new ArrayList<>(1);
  private int receivers;

  /// Takes it to other members of a cluster; null if it is not for them.
  private @Nullable Relay relay;

  /// As the relay takes it.
  private byte[] relayed = {};

  /// - `sender`: null if it is nobody who may listen himself.
  Publication(@Nullable Sender sender, int size) {
    this.sender = sender;
    this.size = size;
  }

  void add(Audience audience, Reply.Push message, boolean own) {
    parts.add(new Part(audience, message, own));
    receivers += audience.size();
  }

  /// Lets those have it, too, who listen elsewhere.
  void relay(Relay way, byte[] message) {
    relay = way;
    relayed = message;
  }

  /// How many copies there are going to be here.
  public int receivers() {
    return receivers;
  }

  @Override
  public void announce(long seenLsn, long heldLsn) {
    long reign = relay == null ? 0 : relay.reign(); // Before it is known what the sender has done.
    long seen = sender == null ? seenLsn : Math.max(seenLsn, sender.seenLsn());
    long held = sender == null ? heldLsn : Math.max(heldLsn, sender.heldLsn());
    if (relay != null) {
      relay.send(relayed, Math.max(seen, held), reign);
    }
    for (Part part : parts) {
      Subscriber except = part.own ? echo(part.message) : null;
      Message message = Message.of(part.message);
      for (int i = 0; i < part.audience.groups(); i++) {
        Group group = part.audience.group(i);
        group.outbox().post(new Post(group, message, size, except, seen, held));
      }
    }
  }

  /// The sender's own copy comes behind his reply; returns him, who is not to be sent another.
  private @Nullable Subscriber echo(Reply.Push message) {
    Subscriptions own = sender == null ? null : sender.subscriptions();
    if (sender == null || own == null) {
      return null;
    }
    sender.echo(message);
    return own.subscriber();
  }
}
