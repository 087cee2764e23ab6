package io.karst.lua;

import org.jspecify.annotations.Nullable;

/// How grave a line for the log is, with its number in scripts.
public enum LogLevel {
  DEBUG(0),
  VERBOSE(1),
  NOTICE(2),
  WARNING(3);

  private final int number;

  LogLevel(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static @Nullable LogLevel of(int number) {
    for (LogLevel level : values()) {
      if (level.number == number) {
        return level;
      }
    }
    return null;
  }
}
