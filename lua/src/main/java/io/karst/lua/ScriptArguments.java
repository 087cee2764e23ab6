package io.karst.lua;

import io.karst.base.CommandException;
import io.karst.base.DoubleText;
import io.karst.commands.Args;
import io.karst.lua.vm.LuaStack;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What a script passes to a function, as the words of a command. Reused from call to call.
final class ScriptArguments {
  /// Longer ones get an array for themselves.
  private static final int SIZE = 64 << 10;

  private static final int NUMBER_SIZE = 32;
  private static final double WHOLE_MAX = 1L << 53;

  private final byte[] shared = new byte[SIZE];
  private final Args args = new Args();

  /// All arguments of the function, which are strings or numbers, at least one; or
  /// [CommandException].
  Args read(LuaStack stack) {
    args.clear();
    int count = stack.count();
    if (count == 0) {
      throw CommandException.err("Please specify at least one argument for this redis lib call");
    }
    long size = size(stack, count);
    byte[] bytes = size <= SIZE ? shared : new byte[(int) size];
    int at = 0;
    for (int i = 1; i <= count; i++) {
      int length =
          stack.type(i) == LuaStack.STRING
              ? string(stack, i, bytes, at)
              : number(stack.number(i), bytes, at);
      args.add(bytes, at, length);
      at += length;
    }
    return args;
  }

  private static long size(LuaStack stack, int count) {
    long size = 0;
    for (int i = 1; i <= count; i++) {
      size +=
          switch (stack.type(i)) {
            case LuaStack.STRING -> stack.length(i);
            case LuaStack.NUMBER -> NUMBER_SIZE;
            default ->
                throw CommandException.err(
                    "Lua redis lib command arguments must be strings or integers");
          };
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw CommandException.err("Lua redis lib command arguments are too long");
    }
    return size;
  }

  private static int string(LuaStack stack, int index, byte[] bytes, int at) {
    int length = stack.length(index);
    stack.copy(index, bytes, at);
    return length;
  }

  /// Whole numbers without a fraction, others with as few digits as read back the same.
  private static int number(double value, byte[] bytes, int at) {
    String text =
        value == (long) value && Math.abs(value) <= WHOLE_MAX
            ? Long.toString((long) value)
            : DoubleText.of(value);
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, bytes, at, ascii.length);
    return ascii.length;
  }

  /// Strings and numbers from an index on, with blanks between them.
  byte[] join(LuaStack stack, int from) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int i = from; i <= stack.count(); i++) {
      int type = stack.type(i);
      if (type == LuaStack.STRING || type == LuaStack.NUMBER) {
        if (i > from) {
          joined.write(' ');
        }
        joined.writeBytes(stack.bytes(i));
      }
    }
    return joined.toByteArray();
  }
}
