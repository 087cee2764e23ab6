package io.karst.lua;

/// How grave a line for the log is, in the order of `redis.LOG_DEBUG` to `redis.LOG_WARNING`.
public enum LogLevel {
  DEBUG,
  VERBOSE,
  NOTICE,
  WARNING
}
