package io.karst.engine;

import io.karst.base.Bytes;
import org.jspecify.annotations.Nullable;

/// A range of keys, in the order of their bytes, unsigned.
///
/// - `from`, `to`: the bounds; null is none on that side.
/// - `fromIncluded`, `toIncluded`: whether the bound itself is in the range.
public record KeyRange(
    @Nullable Bytes from, boolean fromIncluded, @Nullable Bytes to, boolean toIncluded) {
  /// Every key.
  public static final KeyRange ALL = new KeyRange(null, true, null, true);

  /// All keys that begin with these bytes.
  public static KeyRange prefix(Bytes prefix) {
    byte[] end = prefix.toArray();
    for (int i = end.length - 1; i >= 0; i--) {
      if (end[i] != (byte) 0xff) {
        end[i]++;
        return new KeyRange(prefix, true, Bytes.of(end, 0, i + 1).copy(), false);
      }
    }
    return new KeyRange(prefix, true, null, true);
  }

  public boolean contains(Bytes key) {
    return !before(key) && !after(key);
  }

  /// Whether the range begins after `key`.
  boolean before(Bytes key) {
    if (from == null) {
      return false;
    }
    int order = key.compareTo(from);
    return order < 0 || (order == 0 && !fromIncluded);
  }

  /// Whether the range ends before `key`.
  boolean after(Bytes key) {
    if (to == null) {
      return false;
    }
    int order = key.compareTo(to);
    return order > 0 || (order == 0 && !toIncluded);
  }

  /// What is left of the range behind `key`, upwards.
  KeyRange behind(Bytes key) {
    return new KeyRange(key, false, to, toIncluded);
  }
}
