package io.karst.engine;

import io.karst.base.Bytes;

/// As [ElementVisitor], of one that may have enough.
@FunctionalInterface
public interface ElementPredicate {
  /// Whether more elements are wanted.
  boolean wantsMore(Bytes element, Bytes value);
}
