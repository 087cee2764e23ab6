package io.karst.engine;

import java.util.concurrent.atomic.AtomicLong;

/// What is out of the keyspace and is freed in the background, and what has been. Thread-safe.
///
/// Values are freed so that take long, and the keys of databases that were emptied; all others are
/// freed by whoever removes them.
public final class Reclaimed {
  private final AtomicLong pendingBytes = new AtomicLong();
  private final AtomicLong pendingObjects = new AtomicLong();
  private final AtomicLong freedObjects = new AtomicLong();

  /// What is still to be freed, in bytes; as long as a database is among it, all there is.
  long pendingBytes() {
    return pendingBytes.get();
  }

  /// How many keys and values are still to be freed.
  public long pendingObjects() {
    return pendingObjects.get();
  }

  /// How many have been freed since the start or [#reset].
  public long freedObjects() {
    return freedObjects.get();
  }

  void reset() {
    freedObjects.set(0);
  }

  void begins(long bytes, long objects) {
    pendingBytes.addAndGet(bytes);
    pendingObjects.addAndGet(objects);
  }

  void ended(long bytes, long objects) {
    pendingBytes.addAndGet(-bytes);
    freedObjects.addAndGet(objects);
    pendingObjects.addAndGet(-objects); // Last: who sees none pending sees all freed.
  }
}
