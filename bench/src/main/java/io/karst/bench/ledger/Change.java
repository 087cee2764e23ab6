package io.karst.bench.ledger;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A change that a [Model] has gone through, with what it takes to undo it.
sealed interface Change {
  /// - `before`: what was at the key, null for nothing.
  record Put(int database, String key, @Nullable Entry before) implements Change {}

  /// - `before`: all keys there were.
  record Flush(int database, Map<String, Entry> before) implements Change {}

  record Swap(int first, int second) implements Change {}
}
