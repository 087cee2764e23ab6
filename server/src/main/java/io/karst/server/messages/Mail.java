package io.karst.server.messages;

/// What is left at an [Outbox]: a message, or one that still grows.
public sealed interface Mail permits Post, Gathering {
  /// The message as it is now, which does not grow any more. Once, by the event loop that delivers
  /// it.
  Post settled();

  /// About how long it is, in bytes; of one that grows, when it was left.
  int size();
}
