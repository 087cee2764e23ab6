package io.karst.value;

import io.karst.base.Invariant;

/// The types of values, by the names Redis gives them.
///
/// The order is persistent: [#code] is what a record's header holds.
public enum ValueType {
  STRING("string"),
  LIST("list"),
  SET("set"),
  SORTED_SET("zset"),
  HASH("hash"),
  STREAM("stream");

  private static final ValueType[] BY_CODE = values();

  private final String redisName;

  ValueType(String redisName) {
    this.redisName = redisName;
  }

  /// The name `TYPE` answers.
  public String redisName() {
    return redisName;
  }

  /// The number in the header of a record, 0 to 15.
  public int code() {
    return ordinal();
  }

  public static ValueType of(int code) {
    Invariant.check(code < BY_CODE.length, () -> "no value type has the code " + code);
    return BY_CODE[code];
  }
}
