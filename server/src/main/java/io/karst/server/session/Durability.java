package io.karst.server.session;

/// How safe what a connection is told has to be before it is told (`CLIENT DURABILITY`).
public enum Durability {
  /// Not at all: replies leave at once.
  NONE,
  /// In the hands of the operating system: the end of the process loses nothing.
  LOCAL,
  /// On disk: a power cut loses nothing.
  FSYNC
}
