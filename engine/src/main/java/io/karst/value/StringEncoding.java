package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;

/// How Redis would hold a string; what `OBJECT ENCODING` answers. Here a string is its bytes in
/// each case.
public enum StringEncoding {
  /// The decimal of a 64-bit integer.
  INT("int"),
  /// At most 44 bytes, set as a whole.
  EMBEDDED("embstr"),
  /// Longer, or changed in place.
  RAW("raw");

  private static final int EMBEDDED_MAX = 44;

  private final String redisName;

  StringEncoding(String redisName) {
    this.redisName = redisName;
  }

  public String redisName() {
    return redisName;
  }

  /// - `changedInPlace`: by `APPEND`, `SETRANGE`, `SETBIT` or `BITFIELD` since it was set.
  public static StringEncoding of(Bytes value, boolean changedInPlace) {
    if (changedInPlace || value.length() > EMBEDDED_MAX) {
      return RAW;
    }
    return Decimal.isInt64(value) ? INT : EMBEDDED;
  }
}
