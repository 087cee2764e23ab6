package io.karst.server.http.console;

import java.io.ByteArrayOutputStream;

/// An answer in the making, of bounded size. Thread: its owner's.
final class AnswerBuffer extends java.io.OutputStream {
  /// Bytes of JSON that one answer may have.
  static final int SIZE_MAX = 8 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);

  @Override
  public void write(int value) throws TooLargeException {
    reserve(1);
    bytes.write(value);
  }

  @Override
  public void write(byte[] array, int offset, int count) throws TooLargeException {
    reserve(count);
    bytes.write(array, offset, count);
  }

  private void reserve(int count) throws TooLargeException {
    if (bytes.size() + count > SIZE_MAX) {
      throw tooLarge();
    }
  }

  static TooLargeException tooLarge() {
    return new TooLargeException(
        "the replies are larger than "
            + (SIZE_MAX >> 20)
            + " MB: ask for less at a time. The commands have run, some perhaps not to their end");
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }
}
