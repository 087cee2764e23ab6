package io.karst.value;

import io.karst.base.Bytes;

/// A cursor over strings packed into one, before the first element at first.
///
/// Trusts nothing: each step checks what it goes past, and the last one that the end is where the
/// head says. An error leaves the cursor of no use. Thread: its owner's.
public interface PackedReader {
  /// Goes to the next element; false if there is none.
  ///
  /// - throws [RdbReader#malformed] if what follows is neither.
  boolean next();

  /// Whether the element stands as a number.
  boolean isInteger();

  /// The number, if it is one.
  long integer();

  /// The element: a view of the packed bytes, or the decimal of the number.
  Bytes bytes();
}
