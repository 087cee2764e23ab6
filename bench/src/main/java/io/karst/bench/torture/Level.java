package io.karst.bench.torture;

/// What a writer asks for with `CLIENT DURABILITY`.
enum Level {
  /// What `appendfsync` says.
  DEFAULT,
  /// Nothing is promised until `WAITAOF` has answered.
  NONE,
  LOCAL,
  FSYNC
}
