package io.karst.server.messages;

import io.karst.commands.Reply;
import org.jspecify.annotations.Nullable;

/// A message as clients see it. The bytes in it last.
///
/// - `resp3`: over RESP3.
/// - `resp2`: over RESP2; null if it is not for clients of that.
/// - `confined`: whether over RESP2 only those get it who listen to anything: others would take it
///   for a reply.
public record Message(Reply resp3, @Nullable Reply resp2, boolean confined) {
  /// The same over both.
  static Message of(Reply.Push push) {
    return new Message(push, push, false);
  }

  /// A line as of a reply, for who gets nothing else.
  static Message line(String text) {
    Reply line = new Reply.Simple(text);
    return new Message(line, line, false);
  }

  /// As it is over a version of the protocol, of those it is for.
  public Reply in(int protocol) {
    Reply older = resp2;
    return protocol == 3 || older == null ? resp3 : older;
  }

  /// Whether it is for a client.
  ///
  /// - `listens`: whether the client listens to anything.
  public boolean isFor(int protocol, boolean listens) {
    return protocol == 3 || (resp2 != null && (listens || !confined));
  }
}
