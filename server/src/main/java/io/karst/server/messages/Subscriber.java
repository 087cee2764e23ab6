package io.karst.server.messages;

/// A connection as those see it who send messages: somebody at an [Outbox], who knows the rest.
public interface Subscriber {
  /// That of its event loop; always the same.
  Outbox outbox();
}
