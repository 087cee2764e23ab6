package io.karst.engine;

import io.karst.base.Bytes;

/// Is shown the elements of a collection one by one. What it is shown is good until the transaction
/// ends.
@FunctionalInterface
public interface ElementVisitor {
  /// - `value`: that of a hash's field; empty in a set.
  void visit(Bytes element, Bytes value);
}
