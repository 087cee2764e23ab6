package io.karst.engine;

import io.karst.base.Bytes;

/// Elements that one command names, to be changed together. The same element may be named twice:
/// then the last value stays.
public interface ElementBatch {
  int count();

  Bytes element(int index);

  /// The value of a hash's field; empty for what has none.
  default Bytes value(int index) {
    return Bytes.EMPTY;
  }
}
