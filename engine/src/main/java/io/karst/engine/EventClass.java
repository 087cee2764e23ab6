package io.karst.engine;

/// The classes of events that happen to keys, each with its letter in `notify-keyspace-events`.
public enum EventClass {
  GENERIC('g', 1 << 0),
  STRING('$', 1 << 1),
  LIST('l', 1 << 2),
  SET('s', 1 << 3),
  HASH('h', 1 << 4),
  SORTED_SET('z', 1 << 5),
  EXPIRED('x', 1 << 6),
  EVICTED('e', 1 << 7),
  STREAM('t', 1 << 8),
  MISS('m', 1 << 9),
  NEW('n', 1 << 10);

  private final char letter;
  private final int bit;

  EventClass(char letter, int bit) {
    this.letter = letter;
    this.bit = bit;
  }

  public char letter() {
    return letter;
  }

  /// Its bit in a set of classes.
  public int bit() {
    return bit;
  }
}
