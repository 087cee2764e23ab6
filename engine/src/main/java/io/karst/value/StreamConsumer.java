package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.OrderedIndex;

/// A consumer of a [StreamGroup]. Under the lock of the key's slot.
public final class StreamConsumer {
  /// When it was active that never was.
  public static final long NEVER = -1;

  final int number;
  final OrderedIndex pending = new OrderedIndex();
  private final Bytes name;
  private long seenMillis;
  private long activeMillis;

  StreamConsumer(Bytes name, int number, long seenMillis, long activeMillis) {
    this.name = name;
    this.number = number;
    this.seenMillis = seenMillis;
    this.activeMillis = activeMillis;
  }

  public Bytes name() {
    return name;
  }

  /// When it last tried something, in milliseconds since 1970.
  public long seenMillis() {
    return seenMillis;
  }

  /// When it last got something, or [#NEVER].
  public long activeMillis() {
    return activeMillis;
  }

  public void times(long seen, long active) {
    seenMillis = seen;
    activeMillis = active;
  }

  /// How many entries are pending for it.
  public long pendingCount() {
    return pending.count();
  }
}
