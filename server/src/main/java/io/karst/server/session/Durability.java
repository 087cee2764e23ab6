package io.karst.server.session;

/// How safe what a connection is told has to be before it is told (`CLIENT DURABILITY`).
public enum Durability {
  /// Not at all: replies leave at once.
  NONE,
  /// In the hands of the operating system: the end of the process loses nothing. In a cluster: what
  /// the leader has, which tells the others afterwards.
  LOCAL,
  /// On disk: a power cut loses nothing. In a cluster: on the disks of a majority.
  FSYNC,
  /// On the disks of a majority, and what is read is the latest there is.
  QUORUM;

  /// Whether nobody is to see what a connection of this level writes before it is as safe.
  boolean holds() {
    return this == FSYNC || this == QUORUM;
  }
}
