package io.karst.lua.library;

import io.karst.lua.vm.LuaException;

/// Goes through a format of [Struct], option by option.
final class StructFormat {
  private static final int INTEGER_SIZE_MAX = 32;
  private static final int ALIGNMENT = 8;

  private final byte[] format;
  private final String function;
  private int at;
  private int alignment = 1;
  private boolean littleEndian = true;
  private char option;
  private int size;
  private int padding;

  StructFormat(byte[] format, String function) {
    this.function = function;
    this.format = format;
  }

  /// Goes to the next option that stands for bytes, of data that has so many already.
  boolean next(long written) {
    while (at < format.length) {
      option = (char) (format[at++] & 0xff);
      switch (option) {
        case ' ' -> {}
        case '<' -> littleEndian = true;
        case '>' -> littleEndian = false;
        case '!' -> align(number(ALIGNMENT));
        default -> {
          size = sizeOf();
          padding = padding(written);
          return true;
        }
      }
    }
    return false;
  }

  private void align(int bytes) {
    if (Integer.bitCount(bytes) != 1) {
      throw LuaException.at("alignment is not a power of 2");
    }
    alignment = bytes;
  }

  private int sizeOf() {
    return switch (option) {
      case 'x', 'b', 'B' -> 1;
      case 'h', 'H' -> 2;
      case 'f' -> 4;
      case 'l', 'L', 'T', 'd' -> 8;
      case 's' -> 0;
      case 'c' -> number(1);
      case 'i', 'I' -> integerSize();
      default -> throw LuaException.argument(1, function, "invalid format option '" + option + "'");
    };
  }

  private int integerSize() {
    int bytes = number(Integer.BYTES);
    if (bytes > INTEGER_SIZE_MAX || bytes == 0) {
      throw LuaException.at(
          "integral size " + bytes + " is larger than limit of " + INTEGER_SIZE_MAX);
    }
    return bytes;
  }

  private int number(int otherwise) {
    if (at == format.length || !isDigit(format[at])) {
      return otherwise;
    }
    long value = 0;
    while (at < format.length && isDigit(format[at])) {
      value = value * 10 + (format[at++] - '0');
      if (value > Integer.MAX_VALUE) {
        throw LuaException.at("integral size overflow");
      }
    }
    return (int) value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private int padding(long written) {
    int unit = Math.min(size, alignment);
    boolean aligned = unit > 1 && option != 'c';
    return aligned ? (int) ((unit - (written & (unit - 1))) & (unit - 1)) : 0;
  }

  char option() {
    return option;
  }

  /// Of the option in bytes; 0 if the data says.
  int size() {
    return size;
  }

  /// The bytes before it.
  int padding() {
    return padding;
  }

  boolean littleEndian() {
    return littleEndian;
  }

  boolean signed() {
    return Character.isLowerCase(option);
  }
}
