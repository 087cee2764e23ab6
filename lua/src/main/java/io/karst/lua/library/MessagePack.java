package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;

/// `cmsgpack`: values to MessagePack and back. Format: the specification at
/// github.com/msgpack/msgpack.
///
/// A table whose keys are 1 to n is an array, also an empty one; any other a map. Tables in more
/// than 15 others are nil, as is
/// what MessagePack has no form for.
public final class MessagePack {
  private static final int DEPTH_MAX = 16;

  /// Adds the table `cmsgpack`.
  public void into(LuaStack stack) {
    stack.pushTable(0, 8);
    stack.set("pack", MessagePack::pack);
    stack.set("unpack", each -> unpack(each, Long.MAX_VALUE, 0, false));
    stack.set("unpack_one", each -> unpack(each, 1, Numbers.whole(each, 2, "unpack_one", 0), true));
    stack.set("unpack_limit", MessagePack::unpackLimit);
    field(stack, "_NAME", "cmsgpack");
    field(stack, "_VERSION", "lua-cmsgpack 0.4.0");
    stack.set(-2, "cmsgpack");
  }

  private static void field(LuaStack stack, String name, String text) {
    stack.push(text);
    stack.set(-2, name);
  }

  // To bytes.

  private static int pack(LuaStack stack) {
    int count = stack.count();
    if (count == 0) {
      throw LuaException.argument(0, "pack", "MessagePack pack needs input.");
    }
    ByteSink out = new ByteSink(stack);
    for (int i = 1; i <= count; i++) {
      stack.pushValue(i);
      encode(stack, out, 0);
    }
    out.push();
    return 1;
  }

  /// Pops the top.
  private static void encode(LuaStack stack, ByteSink out, int depth) {
    stack.room(4);
    switch (stack.type(-1)) {
      case LuaStack.STRING -> string(out, stack.bytes(-1));
      case LuaStack.NUMBER -> number(out, stack.number(-1));
      case LuaStack.BOOLEAN -> out.add(stack.truth(-1) ? 0xc3 : 0xc2);
      case LuaStack.TABLE -> {
        if (depth == DEPTH_MAX) {
          out.add(0xc0);
        } else {
          table(stack, out, depth);
        }
      }
      default -> out.add(0xc0);
    }
    stack.pop(1);
  }

  private static void string(ByteSink out, byte[] bytes) {
    int length = bytes.length;
    if (length < 32) {
      out.add(0xa0 | length);
    } else if (length < 1 << 8) {
      out.add(0xd9);
      out.add(length);
    } else {
      size(out, length, 0xda);
    }
    out.add(bytes);
  }

  /// The marker with a size of 16 bits, or the next one with 32.
  private static void size(ByteSink out, int size, int marker) {
    boolean small = size < 1 << 16;
    out.add(small ? marker : marker + 1);
    out.add(size, small ? 2 : 4);
  }

  private static void number(ByteSink out, double value) {
    if (Numbers.isWhole(value)) {
      whole(out, (long) value);
    } else if ((float) value == value) {
      out.add(0xca);
      out.add(Float.floatToRawIntBits((float) value), 4);
    } else {
      out.add(0xcb);
      out.add(Double.doubleToRawLongBits(value), 8);
    }
  }

  private static void whole(ByteSink out, long value) {
    if (value >= -32 && value < 128) {
      out.add((int) value);
      return;
    }
    // 0xcc to 0xcf unsigned, 0xd0 to 0xd3 signed, of 1, 2, 4, 8 bytes.
    int bits =
        value >= 0 ? 64 - Long.numberOfLeadingZeros(value) : 65 - Long.numberOfLeadingZeros(~value);
    int power = bits <= 8 ? 0 : bits <= 16 ? 1 : bits <= 32 ? 2 : 3;
    out.add((value >= 0 ? 0xcc : 0xd0) + power);
    out.add(value, 1 << power);
  }

  private static void table(LuaStack stack, ByteSink out, int depth) {
    int count = Tables.sequence(stack);
    if (count >= 0) {
      if (count < 16) {
        out.add(0x90 | count);
      } else {
        size(out, count, 0xdc);
      }
      for (int i = 1; i <= count; i++) {
        stack.get(-1, i);
        encode(stack, out, depth + 1);
      }
      return;
    }
    int pairs = Tables.count(stack);
    if (pairs < 16) {
      out.add(0x80 | pairs);
    } else {
      size(out, pairs, 0xde);
    }
    stack.pushNil();
    while (stack.next(-2)) {
      stack.pushValue(-2);
      encode(stack, out, depth + 1);
      encode(stack, out, depth + 1);
    }
  }

  // From bytes.

  private static int unpackLimit(LuaStack stack) {
    long limit = (long) Numbers.check(stack, 2, "unpack_limit");
    return unpack(stack, limit, Numbers.whole(stack, 3, "unpack_limit", 0), true);
  }

  /// Up to `limit` values from an offset on; before them, if `resumable`, the offset after them, or
  /// -1 at the end.
  private static int unpack(LuaStack stack, long limit, long offset, boolean resumable) {
    byte[] bytes = Strings.check(stack, 1, "unpack");
    if (offset < 0 || limit < 0) {
      throw LuaException.at(
          "Invalid request to unpack with offset of "
              + offset
              + " and limit of "
              + bytes.length
              + ".");
    }
    if (offset > bytes.length) {
      throw LuaException.at(
          "Start offset " + offset + " greater than input length " + bytes.length + ".");
    }
    stack.cut(1);
    MessageReader reader = new MessageReader(stack, bytes, (int) offset);
    int count = 0;
    for (; count < limit && !reader.atEnd(); count++) {
      reader.push();
    }
    if (!resumable) {
      return count;
    }
    stack.push(reader.atEnd() ? -1.0 : reader.at());
    stack.insert(2);
    return count + 1;
  }
}
