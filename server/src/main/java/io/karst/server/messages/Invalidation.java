package io.karst.server.messages;

import io.karst.commands.Reply;
import java.util.List;

/// That keys have changed which a client has read, in Redis's words. Without state.
final class Invalidation {
  /// About how long one is, in bytes.
  static final int SIZE = 64;

  private static final Reply NAME = Reply.bulk("invalidate");
  private static final Reply BROKEN = Reply.bulk("tracking-redir-broken");
  private static final Reply MESSAGE = Reply.bulk("message");
  private static final Reply CHANNEL = Reply.bulk("__redis__:invalidate");

  private Invalidation() {}

  /// - `told`: the keys, or nil if that is all keys.
  /// - `redirected`: whether it goes to another connection, which may speak RESP2.
  static Message of(Reply told, boolean redirected) {
    Reply.Push push = new Reply.Push(List.of(NAME, told));
    Reply.Push older = redirected ? new Reply.Push(List.of(MESSAGE, CHANNEL, told)) : null;
    return new Message(push, older, true);
  }

  /// That the connection is gone which was to be told.
  static Message broken(long redirect) {
    Reply.Push push = new Reply.Push(List.of(BROKEN, Reply.of(redirect)));
    return new Message(push, null, true);
  }
}
