package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;

/// Reads MessagePack, value by value.
final class MessageReader {
  private static final int DEPTH_MAX = 1000;
  private static final long ITEM_SIZE = 16;

  private final LuaStack stack;
  private final byte[] bytes;
  private int at;

  MessageReader(LuaStack stack, byte[] bytes, int at) {
    this.stack = stack;
    this.bytes = bytes;
    this.at = at;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  /// The offset of what comes next.
  int at() {
    return at;
  }

  /// Pushes the next value.
  void push() {
    push(0);
  }

  private void push(int depth) {
    if (depth > DEPTH_MAX) {
      throw malformed();
    }
    stack.room(4);
    int marker = (int) unsigned(1);
    if (marker < 0x80 || marker >= 0xe0) {
      stack.push((double) (byte) marker);
    } else if (marker < 0x90) {
      map(marker & 0xf, depth);
    } else if (marker < 0xa0) {
      array(marker & 0xf, depth);
    } else if (marker < 0xc0) {
      string(marker & 0x1f);
    } else {
      marked(marker, depth);
    }
  }

  private void marked(int marker, int depth) {
    switch (marker) {
      case 0xc0 -> stack.pushNil();
      case 0xc2 -> stack.push(false);
      case 0xc3 -> stack.push(true);
      case 0xc4, 0xc5, 0xc6 -> string(unsigned(1 << (marker - 0xc4)));
      case 0xca -> stack.push((double) Float.intBitsToFloat((int) unsigned(4)));
      case 0xcb -> stack.push(Double.longBitsToDouble(unsigned(8)));
      case 0xcc, 0xcd, 0xce -> stack.push((double) unsigned(1 << (marker - 0xcc)));
      case 0xcf -> stack.push(unsignedValue(unsigned(8)));
      case 0xd0 -> stack.push((double) (byte) unsigned(1));
      case 0xd1 -> stack.push((double) (short) unsigned(2));
      case 0xd2 -> stack.push((double) (int) unsigned(4));
      case 0xd3 -> stack.push((double) unsigned(8));
      case 0xd9, 0xda, 0xdb -> string(unsigned(1 << (marker - 0xd9)));
      case 0xdc, 0xdd -> array(unsigned(2 << (marker - 0xdc)), depth);
      case 0xde, 0xdf -> map(unsigned(2 << (marker - 0xde)), depth);
      default -> throw malformed();
    }
  }

  private static double unsignedValue(long word) {
    return word >= 0 ? word : (double) ((word >>> 1) | (word & 1)) * 2;
  }

  private long unsigned(int count) {
    need(count);
    long word = 0;
    for (int i = 0; i < count; i++) {
      word = (word << 8) | (bytes[at++] & 0xff);
    }
    return word;
  }

  private void need(long count) {
    if (count > bytes.length - at) {
      throw LuaException.at("Missing bytes in input.");
    }
  }

  private static LuaException malformed() {
    return LuaException.at("Bad data format in input.");
  }

  private void string(long length) {
    need(length);
    stack.push(bytes, at, (int) length);
    at += (int) length;
  }

  private void array(long count, int depth) {
    // Each takes a byte at least: no table is larger than the input.
    need(count);
    stack.memory(count * ITEM_SIZE);
    stack.pushTable((int) count, 0);
    for (int i = 1; i <= count; i++) {
      push(depth + 1);
      stack.set(-2, i);
    }
  }

  private void map(long count, int depth) {
    need(2 * count);
    stack.memory(count * 3 * ITEM_SIZE);
    stack.pushTable(0, (int) count);
    for (int i = 0; i < count; i++) {
      push(depth + 1);
      push(depth + 1);
      Tables.setOrRefuse(stack, "Bad data format in input.");
    }
  }
}
