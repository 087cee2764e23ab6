package io.karst.commands.generic;

import io.karst.base.Bytes;
import io.karst.base.Glob;
import io.karst.keyspace.KeySlot;

/// A pattern of keys, with the slot all keys that match must be in, where it tells one.
///
/// It does if nothing in it is a wildcard, or if what stands before the first wildcard holds a
/// whole hash tag, which then is the tag of every match: `{user:7}:*`.
final class KeyPattern {
  static final int ALL_SLOTS = -1;

  private final Glob glob;
  private final int onlySlot;

  private KeyPattern(Glob glob) {
    this.glob = glob;
    Bytes prefix = glob.literalPrefix();
    onlySlot = glob.isLiteral() || hasTag(prefix) ? KeySlot.of(prefix) : ALL_SLOTS;
  }

  static KeyPattern of(Bytes pattern) {
    return new KeyPattern(Glob.of(pattern));
  }

  boolean matches(Bytes key) {
    return glob.matches(key);
  }

  /// The slot to search, or [#ALL_SLOTS].
  int onlySlot() {
    return onlySlot;
  }

  /// The bytes every match begins with.
  Bytes prefix() {
    return glob.literalPrefix();
  }

  /// Whether the first `{` is closed, with something in between.
  private static boolean hasTag(Bytes prefix) {
    int open = indexOf(prefix, '{', 0);
    int close = open < 0 ? -1 : indexOf(prefix, '}', open + 1);
    return close > open + 1;
  }

  private static int indexOf(Bytes bytes, char c, int from) {
    for (int i = from; i < bytes.length(); i++) {
      if (bytes.at(i) == c) {
        return i;
      }
    }
    return -1;
  }
}
