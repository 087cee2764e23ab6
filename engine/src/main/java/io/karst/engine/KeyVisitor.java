package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.value.ValueType;

/// Is shown the keys of a database, under the lock of each one's slot.
@FunctionalInterface
public interface KeyVisitor {
  /// - `key`: a view, valid during the call.
  /// - `expiryMillis`: since 1970, or [io.karst.memory.Record#NO_EXPIRY].
  void visit(Bytes key, ValueType type, long expiryMillis);
}
