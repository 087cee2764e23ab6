package io.karst.lua.library;

import io.karst.lua.vm.LuaStack;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow, within the limit of memory of the run.
final class ByteSink {
  private final LuaStack stack;
  private byte[] bytes = new byte[256];
  private int size;

  ByteSink(LuaStack stack) {
    this.stack = stack;
  }

  int size() {
    return size;
  }

  void add(int b) {
    room(1);
    bytes[size++] = (byte) b;
  }

  /// The lowest `count` bytes of a word, the highest of them first.
  void add(long word, int count) {
    room(count);
    for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (word >>> shift);
    }
  }

  void add(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  void ascii(String text) {
    add(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      long needed = (long) size + more;
      stack.memory(needed);
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, size * 2L)));
    }
  }

  /// Pushes what has been added.
  void push() {
    stack.push(bytes, 0, size);
  }
}
