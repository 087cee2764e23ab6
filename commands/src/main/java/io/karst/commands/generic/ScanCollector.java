package io.karst.commands.generic;

import io.karst.base.Bytes;
import io.karst.commands.BulkList;
import io.karst.engine.KeyVisitor;
import io.karst.value.ValueType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Keeps the keys a scan asks for. Thread: its owner's.
final class ScanCollector implements KeyVisitor {
  private final BulkList keys = new BulkList();
  private final @Nullable KeyPattern pattern;
  private final boolean anyType;

  /// The type asked for; null if there is no such type, or any will do.
  private final @Nullable ValueType type;

  ScanCollector(ScanOptions options) {
    pattern = options.pattern();
    Bytes name = options.type();
    anyType = name == null;
    type = name == null ? null : named(name);
  }

  BulkList keys() {
    return keys;
  }

  @Override
  public void visit(Bytes key, ValueType keyType, long expiryMillis) {
    if ((anyType || keyType == type) && (pattern == null || pattern.matches(key))) {
      keys.add(key);
    }
  }

  private static @Nullable ValueType named(Bytes name) {
    for (ValueType type : ValueType.values()) {
      if (name.equalsIgnoreCase(type.redisName().toUpperCase(Locale.ROOT))) {
        return type;
      }
    }
    return null;
  }
}
