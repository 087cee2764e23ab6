package io.karst.server.config;

/// How many bytes of replies may wait for a client before it is disconnected, a class of clients
/// each.
public record OutputLimits(Limit normal, Limit replica, Limit pubsub) {
  /// Disconnect above `hardBytes`, or when more than `softBytes` wait for `softSeconds` without a
  /// break; 0 is no limit.
  public record Limit(long hardBytes, long softBytes, int softSeconds) {
    public static final Limit NONE = new Limit(0, 0, 0);
  }

  /// Redis's.
  static final OutputLimits DEFAULT =
      new OutputLimits(
          Limit.NONE, new Limit(256L << 20, 64L << 20, 60), new Limit(32L << 20, 8L << 20, 60));
}
