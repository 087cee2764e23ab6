package io.karst.cluster;

import io.karst.base.Invariant;
import io.karst.history.Effect;
import io.karst.history.Frames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Makes one frame after another, in an array that is used again unless a frame is large.
///
/// Thread: its transaction's.
final class FrameBuffer {
  private static final byte[] NOTHING = new byte[0];
  private static final int SIZE_MIN = 512;

  private byte[] kept = NOTHING;
  private byte[] bytes = NOTHING;
  private int size;

  /// Makes a frame of the effects.
  void fill(List<Effect> effects) {
    long total = EntryFormat.LENGTH_SIZE + Frames.size(effects);
    Invariant.check(
        total <= EntryFormat.FRAME_SIZE_MAX, "the changes of a transaction outgrow a frame");
    size = (int) total;
    bytes = handsOver() ? new byte[size] : kept(size);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, size - EntryFormat.LENGTH_SIZE);
    int end = Frames.write(effects, bytes, EntryFormat.LENGTH_SIZE);
    Invariant.check(end == size, "a frame has another size than was said");
  }

  private byte[] kept(int wanted) {
    if (kept.length < wanted) {
      kept = new byte[Math.max(SIZE_MIN, Integer.highestOneBit(wanted - 1) << 1)];
    }
    return kept;
  }

  /// What holds the frame, from its beginning on.
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /// Whether the array is the frame's alone.
  boolean handsOver() {
    return size > EntryFormat.FRAMES_SIZE_MAX;
  }

  /// Lets go of a large frame.
  void release() {
    bytes = NOTHING;
    size = 0;
  }
}
