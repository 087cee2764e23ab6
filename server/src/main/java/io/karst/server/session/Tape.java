package io.karst.server.session;

import io.karst.server.resp.ReplyBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Replies that are encoded and not yet given to anybody. Thread: its owner's.
final class Tape {
  private static final int CAPACITY = 16 << 10;

  private final List<byte[]> full = new ArrayList<>();
  private final ReplyBuffer buffer =
      new ReplyBuffer(CAPACITY, (array, size) -> full.add(Arrays.copyOf(array, size)));

  /// Where they are written.
  ReplyBuffer buffer() {
    return buffer;
  }

  /// Gives all of them away.
  void copyTo(ReplyBuffer out) {
    for (byte[] part : full) {
      out.copy(part, part.length);
    }
    out.copy(buffer.array(), buffer.size());
  }
}
