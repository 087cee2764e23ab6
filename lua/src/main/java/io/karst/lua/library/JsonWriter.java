package io.karst.lua.library;

import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaStack;

/// Writes the value on top of the stack as JSON; leaves it there.
final class JsonWriter {
  /// Beyond it the stack of Java would not do, whatever the setting says.
  private static final int DEPTH_LIMIT = 2000;

  private static final String HEX = "0123456789abcdef";

  private final LuaStack stack;
  private final JsonSettings settings;
  private final int arrayMark;
  private final ByteSink out;

  JsonWriter(LuaStack stack, JsonSettings settings, int arrayMark, ByteSink out) {
    this.stack = stack;
    this.settings = settings;
    this.arrayMark = arrayMark;
    this.out = out;
  }

  void write(int depth) {
    switch (stack.type(-1)) {
      case LuaStack.STRING -> string(stack.bytes(-1));
      case LuaStack.NUMBER -> number(stack.number(-1));
      case LuaStack.BOOLEAN -> out.ascii(stack.truth(-1) ? "true" : "false");
      case LuaStack.NIL -> out.ascii("null");
      case LuaStack.TABLE -> table(depth + 1);
      case LuaStack.LIGHT_USERDATA -> {
        if (stack.userdata(-1) != 0) {
          throw unsupported("type not supported");
        }
        out.ascii("null");
      }
      default -> throw unsupported("type not supported");
    }
  }

  private LuaException unsupported(String why) {
    return LuaException.at("Cannot serialise " + stack.typeName(-1) + ": " + why);
  }

  private void table(int depth) {
    if (depth > Math.min(settings.encodeDepth, DEPTH_LIMIT)) {
      throw LuaException.at("Cannot serialise, excessive depth (" + depth + ")");
    }
    stack.room(4);
    int items = items();
    if (items > 0 || marked()) {
      out.add('[');
      for (int i = 1; i <= items; i++) {
        if (i > 1) {
          out.add(',');
        }
        stack.get(-1, i);
        write(depth);
        stack.pop(1);
      }
      out.add(']');
    } else {
      object(depth);
    }
  }

  /// Whether it has the metatable that makes an array of an empty table.
  private boolean marked() {
    if (!stack.pushMetatable(-1)) {
      return false;
    }
    stack.pushKept(arrayMark);
    boolean same = stack.same(-1, -2);
    stack.pop(2);
    return same;
  }

  /// The highest index, if it is an array; 0 if it is an object.
  private int items() {
    long max = 0;
    int count = 0;
    stack.pushNil();
    while (stack.next(-2)) {
      stack.pop(1);
      long key = Tables.index(stack);
      if (key == 0) {
        stack.pop(1);
        return 0;
      }
      max = Math.max(max, key);
      count++;
    }
    boolean sparse =
        settings.sparseRatio > 0
            && max > (long) count * settings.sparseRatio
            && max > settings.sparseSafe;
    if (sparse && !settings.sparseConvert) {
      throw unsupported("excessively sparse array");
    }
    return sparse ? 0 : (int) max;
  }

  private void object(int depth) {
    out.add('{');
    boolean first = true;
    stack.pushNil();
    while (stack.next(-2)) {
      if (!first) {
        out.add(',');
      }
      first = false;
      stack.pushValue(-2);
      key();
      stack.pop(1);
      out.add(':');
      write(depth);
      stack.pop(1);
    }
    out.add('}');
  }

  private void key() {
    switch (stack.type(-1)) {
      case LuaStack.STRING -> string(stack.bytes(-1));
      case LuaStack.NUMBER -> {
        out.add('"');
        number(stack.number(-1));
        out.add('"');
      }
      default -> throw unsupported("table key must be a number or string");
    }
  }

  private void number(double value) {
    if (Double.isFinite(value)) {
      out.ascii(Numbers.format(value, settings.precision));
      return;
    }
    switch (settings.invalid) {
      case REFUSED -> throw unsupported("must not be NaN or Inf");
      case NULL -> out.ascii("null");
      case ALLOWED -> out.ascii(Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
    }
  }

  private void string(byte[] bytes) {
    out.add('"');
    for (byte b : bytes) {
      switch (b) {
        case '"', '\\', '/' -> escaped(b);
        case '\b' -> escaped('b');
        case '\f' -> escaped('f');
        case '\n' -> escaped('n');
        case '\r' -> escaped('r');
        case '\t' -> escaped('t');
        default -> {
          if ((b >= 0 && b < ' ') || b == 0x7f) {
            out.ascii("\\u00");
            out.add(HEX.charAt(b >> 4));
            out.add(HEX.charAt(b & 15));
          } else {
            out.add(b);
          }
        }
      }
    }
    out.add('"');
  }

  private void escaped(int character) {
    out.add('\\');
    out.add(character);
  }
}
