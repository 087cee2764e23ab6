package io.karst.value;

import io.karst.base.Invariant;

/// The types of values, by the names Redis gives them.
///
/// In the order of their codes, so that a code is an index.
public enum ValueType {
  STRING(0, "string"),
  LIST(1, "list"),
  SET(2, "set"),
  SORTED_SET(3, "zset"),
  HASH(4, "hash"),
  STREAM(5, "stream");

  private static final ValueType[] BY_CODE = values();

  private final int code;
  private final String redisName;

  ValueType(int code, String redisName) {
    this.code = code;
    this.redisName = redisName;
  }

  /// The name `TYPE` answers.
  public String redisName() {
    return redisName;
  }

  /// The number in the header of a record, 0 to 15.
  public int code() {
    return code;
  }

  public static ValueType of(int code) {
    Invariant.check(code < BY_CODE.length, () -> "no value type has the code " + code);
    return BY_CODE[code];
  }
}
