package io.karst.server.session;

import java.util.function.LongSupplier;

/// Keeps garbage from making the Java heap grow.
///
/// The data is not on the heap, but what passes through it is sometimes there for so long that it
/// gets into the old generation: replies that clients take slowly, values on their way from and to
/// the disk. The collector would let that grow up to the limit of the heap, a quarter of the
/// machine, before it looks at it. So it is made to look when the heap has grown by a step. What it
/// takes then depends on what lives, which is little: some tens of milliseconds.
///
/// Thread: its owner's.
final class HeapBound {
  private static final long STEP_MIN = 48 << 20;

  private final LongSupplier committed;
  private final Runnable collector;

  /// What the heap took after it was last collected.
  private long floorBytes;

  /// The bound of this process's heap.
  HeapBound() {
    this(Runtime.getRuntime()::totalMemory, System::gc);
  }

  /// - `committed`: the size of the heap, in bytes.
  /// - `collector`: what collects all of it.
  HeapBound(LongSupplier committed, Runnable collector) {
    this.committed = committed;
    this.collector = collector;
    floorBytes = committed.getAsLong();
  }

  /// Looks whether the heap has grown too much. A few times a second.
  void look() {
    if (committed.getAsLong() - floorBytes > Math.max(STEP_MIN, floorBytes / 2)) {
      collector.run();
      floorBytes = committed.getAsLong();
    }
  }
}
