package io.karst.server.messages;

import org.jspecify.annotations.Nullable;

/// A message on its way to those of its audience whose connections are on one event loop.
///
/// - `group`: as it was when the message was sent.
/// - `size`: about how long it is, in bytes.
/// - `except`: who gets it in another way; null as a rule.
/// - `seenLsn`, `heldLsn`: as [io.karst.engine.Announcement] has them.
public record Post(
    Group group, Message message, int size, @Nullable Subscriber except, long seenLsn, long heldLsn)
    implements Mail {
  @Override
  public Post settled() {
    return this;
  }
}
