package io.karst.commands;

import io.karst.base.Bytes;
import org.jspecify.annotations.Nullable;

/// Byte strings, or nils, that a reply consists of: shown when it is written, under the locks of
/// the command, and before the next command of its transaction.
public interface StringSource {
  /// As a number of items: nobody knows until all have been shown.
  int UNKNOWN = -1;

  /// Receives the items in order.
  @FunctionalInterface
  interface Visitor {
    /// - `item`: good during the call only; null: nil.
    void item(@Nullable Bytes item);
  }

  /// How many items there are, or [#UNKNOWN].
  int size();

  /// Whether showing them takes too long for an event loop, so that the command is better run
  /// elsewhere.
  default boolean isLong() {
    return false;
  }

  void forEach(Visitor visitor);
}
