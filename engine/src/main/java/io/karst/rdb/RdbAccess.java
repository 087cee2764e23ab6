package io.karst.rdb;

/// How a key was used before it was saved, as far as the server that saved it kept count: by its
/// `maxmemory-policy` Redis writes the one, the other or neither.
///
/// - `idleSeconds`: since the last access, or [#UNKNOWN].
/// - `frequency`: the logarithmic counter of LFU, 0 to 255, or [#UNKNOWN].
public record RdbAccess(long idleSeconds, int frequency) {
  public static final int UNKNOWN = -1;

  /// Of a key nothing is known of.
  public static final RdbAccess NONE = new RdbAccess(UNKNOWN, UNKNOWN);
}
