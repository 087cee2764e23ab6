package io.karst.server.messages;

/// The way of messages to those who listen at other members of a cluster. Thread-safe; nothing here
/// blocks.
public interface Relay {
  /// In which reign of the server something is that is known now.
  long reign();

  /// Leaves a message for all other members, which they get at most once: what one thread leaves
  /// in that order.
  ///
  /// - `message`: by [RelayFormat]; not changed any more.
  /// - `lsn`: up to where the history has to be safe before anybody is told.
  /// - `ofReign`: that of `lsn`. What waits for another's history is not told.
  void send(byte[] message, long lsn, long ofReign);
}
