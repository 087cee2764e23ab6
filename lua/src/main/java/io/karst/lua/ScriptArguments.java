package io.karst.lua;

import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.base.DoubleText;
import io.karst.commands.Args;
import io.karst.lua.vm.LuaStack;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What a script passes to a function, as the words of a command. Without state.
final class ScriptArguments {
  private static final int NUMBER_SIZE = 32;
  private static final double WHOLE_MAX = 1L << 53;

  private ScriptArguments() {}

  /// All arguments of the function, which are strings or numbers, at least one; or
  /// [CommandException].
  static Args read(LuaStack stack, ScriptWords words) {
    int count = stack.count();
    if (count == 0) {
      throw CommandException.err("Please specify at least one argument for this redis lib call");
    }
    Args args = words.next(count);
    for (int i = 1; i <= count; i++) {
      switch (stack.type(i)) {
        case LuaStack.STRING -> {
          int length = stack.locate(i);
          stack.copyLocated(words.room(length), words.at(), length);
          words.add(length);
        }
        case LuaStack.NUMBER -> number(stack.number(i), words);
        default ->
            throw CommandException.err(
                "Lua redis lib command arguments must be strings or integers");
      }
    }
    return args;
  }

  /// Whole numbers without a fraction, others with as few digits as read back the same.
  private static void number(double value, ScriptWords words) {
    byte[] room = words.room(NUMBER_SIZE);
    int at = words.at();
    if (value == (long) value && Math.abs(value) <= WHOLE_MAX) {
      words.add(Decimal.format((long) value, room, at) - at);
      return;
    }
    byte[] ascii = DoubleText.of(value).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, room, at, ascii.length);
    words.add(ascii.length);
  }

  /// Strings and numbers from an index on, with blanks between them.
  static byte[] join(LuaStack stack, int from) {
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
