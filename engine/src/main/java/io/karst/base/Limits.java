package io.karst.base;

/// The bounds of everything that could grow: queues, buffers, retries, waits. What an operator
/// may change is a configuration directive; what is here holds for every installation.
public final class Limits {
  /// Slots per database, as in Redis Cluster.
  public static final int SLOTS = 16384;

  /// The largest string and the largest argument Redis's clients may ask for, in bytes.
  public static final int STRING_SIZE_MAX = 512 << 20;

  /// The latest expiry, milliseconds since 1970: leaves room for additions without overflow.
  public static final long EXPIRY_MAX = Long.MAX_VALUE >>> 1;

  /// The most keys a command works through on an event loop; one with more leaves it.
  public static final int LOOP_KEYS_MAX = 1000;

  /// The most elements of collections a command looks at on an event loop: some tens of
  /// microseconds. One that would look at more leaves it.
  public static final int LOOP_ELEMENTS_MAX = 1000;

  /// The longest reply a command copies on an event loop, in bytes, and the longest string it goes
  /// through.
  public static final int LOOP_SIZE_MAX = 512 << 10;

  private Limits() {}
}
