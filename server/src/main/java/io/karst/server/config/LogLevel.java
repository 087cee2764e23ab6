package io.karst.server.config;

/// How much is logged; the names are Redis's.
public enum LogLevel {
  DEBUG,
  VERBOSE,
  NOTICE,
  WARNING,
  NOTHING
}
