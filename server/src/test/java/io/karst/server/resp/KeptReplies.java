package io.karst.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/// What a [ReplyBuffer] has written, with the gaps it has left. Thread: its owner's.
final class KeptReplies implements ReplyBuffer.Sink {
  /// A character a byte.
  private final StringBuilder text = new StringBuilder();

  /// Where the gap is that has not been filled, and how much it may hold; one at a time.
  private int gap = -1;

  private int room;

  @Override
  public void take(byte[] array, int size) {
    text.append(new String(array, 0, size, ISO_8859_1));
  }

  @Override
  public ReplyBuffer.Gap leaveGap(int size) {
    gap = text.length();
    room = size;
    return this::fill;
  }

  private void fill(byte[] array, int size) {
    if (gap < 0 || size > room) {
      throw new IllegalStateException("no gap of " + size + " bytes");
    }
    text.insert(gap, new String(array, 0, size, ISO_8859_1));
    gap = -1;
  }

  @Override
  public void giveBack(long size) {
    text.setLength(text.length() - (int) size);
  }

  /// All of it, read as UTF-8.
  String text() {
    return new String(text.toString().getBytes(ISO_8859_1), UTF_8);
  }
}
