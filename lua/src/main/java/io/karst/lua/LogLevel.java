package io.karst.lua;

/// How grave a line for the log is, in the order of `redis.LOG_DEBUG` to `redis.LOG_WARNING`.
public enum LogLevel {
  DEBUG(0),
  VERBOSE(1),
  NOTICE(2),
  WARNING(3);

  private final int number;

  LogLevel(int number) {
    this.number = number;
  }

  /// The level of a number, from 0 to 3.
  static LogLevel of(int number) {
    return switch (number) {
      case 0 -> DEBUG;
      case 1 -> VERBOSE;
      case 2 -> NOTICE;
      default -> WARNING;
    };
  }

  /// The number that scripts know it by.
  int number() {
    return number;
  }
}
