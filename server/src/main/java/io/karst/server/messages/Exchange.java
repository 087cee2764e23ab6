package io.karst.server.messages;

import io.karst.base.Bytes;
import io.karst.base.Glob;
import io.karst.commands.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where messages are published, and who listens to what. Thread-safe; nothing here blocks, and to
/// publish takes no lock.
///
/// A message goes to those who listen when it is published, less those who have unsubscribed before
/// it arrives. It is told at most once: who is not connected, or too slow, has missed it. What one
/// connection publishes arrives in its order, at each that listens.
public final class Exchange {
  private final Channels channels = new Channels();
  private final Channels shardChannels = new Channels();
  private final Channels patterns = new Channels();
  private final AtomicInteger subscribers = new AtomicInteger();

  /// At how many event loops more messages wait than should.
  private final AtomicInteger pressed = new AtomicInteger();

  /// Prepares a message to those who listen to a channel, and to a pattern of its name; null if
  /// nobody does.
  ///
  /// - `kind`: a channel's.
  /// - `channel`, `payload`: copied if need be.
  public @Nullable Publication publish(
      Kind kind, Bytes channel, Bytes payload, @Nullable Sender sender) {
    return publish(kind, channel, payload, sender, null);
  }

  /// As [#publish(Kind, Bytes, Bytes, Sender)].
  ///
  /// - `relay`: takes it to those who listen elsewhere; null if nobody does.
  public @Nullable Publication publish(
      Kind kind, Bytes channel, Bytes payload, @Nullable Sender sender, @Nullable Relay relay) {
    Audience audience = of(kind).audience(channel);
    boolean matched = kind == Kind.CHANNEL && !patterns.isEmpty();
    if (audience == null && !matched && relay == null) {
      return null;
    }
    Bytes name = channel.copy();
    Reply content = Reply.bulk(payload.copy());
    Publication publication = new Publication(sender, name.length() + payload.length());
    if (audience != null) {
      boolean own = isOwn(sender, kind, channel);
      publication.add(audience, kind.message(name, content), own);
    }
    if (matched) {
      patterns.forEach((pattern, there) -> {
        if (there.glob().matches(name)) {
          boolean own = isOwn(sender, Kind.PATTERN, pattern);
          publication.add(there, Kind.message(pattern, name, content), own);
        }
      });
    }
    if (relay != null) {
      publication.relay(relay, RelayFormat.encode(channel, payload));
    } else if (publication.receivers() == 0) {
      return null;
    }
    return publication;
  }

  /// Sends a message of another member to those who listen here.
  ///
  /// - `message`: kept.
  /// - returns: false if too many wait here already, and it is not sent.
  public boolean relayed(byte[] message) {
    if (isPressed()) {
      return false;
    }
    RelayFormat.Content content = RelayFormat.decode(message);
    if (content != null) {
      Publication publication = publish(Kind.CHANNEL, content.channel(), content.payload(), null);
      if (publication != null) {
        publication.announce(0, 0);
      }
    }
    return true;
  }

  private static boolean isOwn(@Nullable Sender sender, Kind kind, Bytes name) {
    Subscriptions own = sender == null ? null : sender.subscriptions();
    return own != null && own.listens(kind, name);
  }

  Subscription subscribe(Kind kind, Bytes name, Subscriber subscriber) {
    Glob glob = kind == Kind.PATTERN ? Glob.of(name) : null;
    return of(kind).add(new Subscription(name, subscriber, glob));
  }

  void unsubscribe(Kind kind, Subscription gone) {
    of(kind).remove(gone);
  }

  /// Notes that so many more connections listen to anything.
  void subscribers(int more) {
    subscribers.addAndGet(more);
  }

  /// How many connections listen to anything.
  public int subscribers() {
    return subscribers.get();
  }

  /// How many names of a kind somebody listens to.
  public int count(Kind kind) {
    return of(kind).count();
  }

  /// How many listen to one name.
  public int listeners(Kind kind, Bytes name) {
    return of(kind).listeners(name);
  }

  /// The names of a kind somebody listens to.
  public List<Bytes> names(Kind kind, Predicate<Bytes> wanted) {
    return of(kind).names(wanted);
  }

  /// Notes that an event loop has more messages waiting than it should, or no longer.
  public void pressed(boolean on) {
    pressed.addAndGet(on ? 1 : -1);
  }

  /// Whether those who publish are to rest for a moment, as messages wait for an event loop.
  public boolean isPressed() {
    return pressed.get() > 0;
  }

  private Channels of(Kind kind) {
    return switch (kind) {
      case CHANNEL -> channels;
      case PATTERN -> patterns;
      case SHARD_CHANNEL -> shardChannels;
    };
  }
}
