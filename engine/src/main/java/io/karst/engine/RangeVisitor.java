package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.value.ValueType;
import org.jspecify.annotations.Nullable;

/// Is shown keys in their order.
@FunctionalInterface
public interface RangeVisitor {
  /// - `key`: the visitor's.
  /// - `expiryMillis`: since 1970, or [io.karst.memory.Record#NO_EXPIRY].
  /// - `string`: the value, valid during the call, if it is a string and was asked for.
  void visit(Bytes key, ValueType type, long expiryMillis, @Nullable Bytes string);
}
