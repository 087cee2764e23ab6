package io.karst.server.messages;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import java.util.List;

/// What can be listened to, and how clients are told of it: Redis's words.
public enum Kind {
  CHANNEL("subscribe", "unsubscribe", "message"),
  PATTERN("psubscribe", "punsubscribe", "pmessage"),
  /// A channel of a shard, which has a name of its own even if another channel is called the same.
  SHARD_CHANNEL("ssubscribe", "sunsubscribe", "smessage");

  private final String begun;
  private final String ended;
  private final String message;

  Kind(String begun, String ended, String message) {
    this.begun = begun;
    this.ended = ended;
    this.message = message;
  }

  /// What a client hears that has subscribed.
  public Reply.Push begun(Bytes name, int count) {
    return push(Reply.bulk(begun), Reply.bulk(name), Reply.of(count));
  }

  /// What a client hears that has unsubscribed.
  ///
  /// - `name`: nil if there was nothing to be unsubscribed.
  public Reply.Push ended(Reply name, int count) {
    return push(Reply.bulk(ended), name, Reply.of(count));
  }

  /// A message to those who listen to a channel.
  Reply.Push message(Bytes channel, Reply payload) {
    return push(Reply.bulk(message), Reply.bulk(channel), payload);
  }

  /// A message to those who listen to a pattern.
  static Reply.Push message(Bytes pattern, Bytes channel, Reply payload) {
    return push(Reply.bulk(PATTERN.message), Reply.bulk(pattern), Reply.bulk(channel), payload);
  }

  private static Reply.Push push(Reply... items) {
    return new Reply.Push(List.of(items));
  }
}
