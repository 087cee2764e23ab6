package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;
import java.util.Arrays;

/// `struct`: values to packed binary data and back, by a format. Source: the page of R.
/// Ierusalimschy's library "struct" for
/// Lua 5.1 (inf.puc-rio.br/~roberto/struct): `>` `<` byte order, `![n]` alignment, `x` a padding
/// byte, `b h l T i[n]` integers, in capitals
/// unsigned ones, `c[n]` characters, `s` a string with its zero, `f d` reals.
public final class Struct {
  /// Adds the table `struct`.
  public void into(LuaStack stack) {
    stack.pushTable(0, 4);
    stack.set("pack", Struct::pack);
    stack.set("unpack", Struct::unpack);
    stack.set("size", Struct::size);
    stack.set(-2, "struct");
  }

  private static int pack(LuaStack stack) {
    StructFormat format = new StructFormat(Strings.check(stack, 1, "pack"), "pack");
    ByteSink out = new ByteSink(stack);
    int argument = 2;
    while (format.next(out.size())) {
      zeros(out, format.padding());
      switch (format.option()) {
        case 'x' -> out.add(0);
        case 'c', 's' -> characters(stack, argument++, format, out);
        case 'f' -> word(out, format, Float.floatToRawIntBits((float) real(stack, argument++)));
        case 'd' -> word(out, format, Double.doubleToRawLongBits(real(stack, argument++)));
        default -> word(out, format, integer(real(stack, argument++)));
      }
    }
    out.push();
    return 1;
  }

  private static double real(LuaStack stack, int argument) {
    return Numbers.check(stack, argument, "pack");
  }

  /// Negative numbers in two's complement, large ones as unsigned.
  private static long integer(double value) {
    return value >= 0x1p63 && value < 0x1p64
        ? (long) (value - 0x1p63) ^ Long.MIN_VALUE
        : (long) value;
  }

  private static void zeros(ByteSink out, int count) {
    for (int i = 0; i < count; i++) {
      out.add(0);
    }
  }

  private static void characters(LuaStack stack, int argument, StructFormat format, ByteSink out) {
    byte[] bytes = Strings.check(stack, argument, "pack");
    int size = format.option() == 's' || format.size() == 0 ? bytes.length : format.size();
    if (bytes.length < size) {
      // The number Redis says, too: it has gone on to the next one.
      throw LuaException.argument(argument + 1, "pack", "string too short");
    }
    out.add(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
    if (format.option() == 's') {
      out.add(0);
    }
  }

  /// An integer may be wider than a word: the rest is its sign.
  private static void word(ByteSink out, StructFormat format, long word) {
    int size = format.size();
    for (int i = 0; i < size; i++) {
      int place = format.littleEndian() ? i : size - 1 - i;
      out.add((int) (place < Long.BYTES ? word >>> (8 * place) : word >> 63));
    }
  }

  private static int unpack(LuaStack stack) {
    StructFormat format = new StructFormat(Strings.check(stack, 1, "unpack"), "unpack");
    byte[] bytes = Strings.check(stack, 2, "unpack");
    long start = Numbers.whole(stack, 3, "unpack", 1) - 1;
    if (start < 0) {
      throw LuaException.argument(3, "unpack", "offset must be 1 or greater");
    }
    stack.cut(0);
    long at = start;
    int count = 0;
    while (format.next(at)) {
      at += format.padding();
      if (format.size() > bytes.length - at) {
        throw LuaException.argument(2, "unpack", "data string too short");
      }
      stack.room(2);
      at += value(stack, format, bytes, (int) at, count);
      count = stack.count();
    }
    stack.push((double) (at + 1));
    return count + 1;
  }

  /// Pushes one value, if the option has one; returns how many bytes it takes.
  private static int value(LuaStack stack, StructFormat format, byte[] bytes, int at, int count) {
    int size = format.size();
    switch (format.option()) {
      case 'x' -> {}
      case 'c' -> {
        int length = size == 0 ? previous(stack, bytes.length - at, count) : size;
        stack.push(bytes, at, length);
        return length;
      }
      case 's' -> {
        int end = at;
        while (end < bytes.length && bytes[end] != 0) {
          end++;
        }
        if (end == bytes.length) {
          throw LuaException.at("unfinished string in data");
        }
        stack.push(bytes, at, end - at);
        return end - at + 1;
      }
      case 'f' -> stack.push((double) Float.intBitsToFloat((int) read(format, bytes, at)));
      case 'd' -> stack.push(Double.longBitsToDouble(read(format, bytes, at)));
      default -> stack.push(integer(format, read(format, bytes, at)));
    }
    return size;
  }

  /// Pops the length of what `c0` stands for: the number before it.
  private static int previous(LuaStack stack, int left, int count) {
    if (count == 0 || stack.type(-1) != LuaStack.NUMBER) {
      throw LuaException.at("format 'c0' needs a previous size");
    }
    double length = stack.number(-1);
    stack.pop(1);
    if (!(length >= 0 && length <= left)) {
      throw LuaException.argument(2, "unpack", "data string too short");
    }
    return (int) length;
  }

  private static long read(StructFormat format, byte[] bytes, int at) {
    int size = format.size();
    long word = 0;
    for (int i = Math.min(size, Long.BYTES) - 1; i >= 0; i--) {
      int index = format.littleEndian() ? i : size - 1 - i;
      word = (word << 8) | (bytes[at + index] & 0xff);
    }
    return word;
  }

  private static double integer(StructFormat format, long word) {
    int unused = Long.SIZE - 8 * Math.min(format.size(), Long.BYTES);
    if (format.signed()) {
      return (word << unused) >> unused;
    }
    return word >= 0 ? word : (double) ((word >>> 1) | (word & 1)) * 2;
  }

  private static int size(LuaStack stack) {
    StructFormat format = new StructFormat(Strings.check(stack, 1, "size"), "size");
    long size = 0;
    while (format.next(size)) {
      boolean variable = format.option() == 's' || (format.option() == 'c' && format.size() == 0);
      if (variable) {
        String option = format.option() == 's' ? "s" : "c0";
        throw LuaException.argument(1, "size", "option '" + option + "' has no fixed size");
      }
      size += format.padding() + format.size();
    }
    stack.push((double) size);
    return 1;
  }
}
