package io.karst.server.config;

/// What a line of the log looks like.
public enum LogFormat {
  /// Time, level, thread and message, for people.
  TEXT,
  /// An object of JSON, for programs.
  JSON
}
