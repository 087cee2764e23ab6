package io.karst.history;

import java.util.List;

/// Where effects go when a transaction commits.
///
/// Thread-safe: called by every worker, under the locks of the slots the effects touch, so that
/// the order of appends to one key is the order of its changes.
public interface Log {
  /// A log that keeps nothing: the store is a cache.
  Log NONE =
      new Log() {
        @Override
        public boolean keeps() {
          return false;
        }

        @Override
        public void append(List<Effect> effects) {
          // Nothing is kept.
        }
      };

  /// Whether effects are wanted at all; constant. If not, none are made.
  boolean keeps();

  /// Appends the effects of one transaction, all or none; `effects` and their bytes are the
  /// caller's and valid only during the call.
  void append(List<Effect> effects);
}
