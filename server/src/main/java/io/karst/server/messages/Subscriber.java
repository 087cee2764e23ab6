package io.karst.server.messages;

/// A connection as those see it who send messages: somebody at an [Outbox], who knows the rest.
public interface Subscriber {
  /// Who takes nothing.
  Subscriber NOBODY = () -> Outbox.NOWHERE;

  /// That of its event loop; always the same.
  Outbox outbox();
}
