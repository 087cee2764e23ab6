package io.karst.lua.library;

/// What a script may set of [Json], as it is before any does.
final class JsonSettings {
  /// What becomes of numbers that JSON does not know.
  enum Invalid {
    REFUSED,
    ALLOWED,
    NULL
  }

  boolean changed;
  int encodeDepth = 1000;
  int decodeDepth = 1000;
  int precision = 14;
  boolean keepBuffer = true;
  boolean decodeInvalid = true;
  boolean markArrays;
  Invalid invalid = Invalid.REFUSED;

  /// A table is sparse if its highest index is above `safe` and above `ratio` times its number of
  /// items; it becomes an
  /// object, or is refused.
  boolean sparseConvert;

  int sparseRatio = 2;
  int sparseSafe = 10;
}
