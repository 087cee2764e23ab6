package io.karst.server.messages;

import io.karst.commands.Reply;
import org.jspecify.annotations.Nullable;

/// Who publishes a message, and may listen himself. Thread: the one that runs his command.
public interface Sender {
  /// What he listens to; null if he never has.
  @Nullable Subscriptions subscriptions();

  /// Gives him his own message, behind the reply to the command that sent it.
  void echo(Reply.Push message);

  /// Up to where the history tells what he has done before: his message may tell of it.
  long seenLsn();

  /// As [#seenLsn], if he wants that on disk before anybody is told; otherwise 0.
  long heldLsn();
}
