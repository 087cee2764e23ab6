package io.karst.lua.library;

import io.karst.lua.vm.LuaStack;
import io.karst.lua.vm.LuaState;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// One library in an interpreter of its own: expressions of Lua, and what they are, as text; bytes
/// are Latin-1.
final class LibraryRun implements AutoCloseable {
  private final LuaState state = new LuaState();
  private final LuaStack stack = state.stack();

  LibraryRun(Consumer<LuaStack> library) {
    state.open("base");
    state.open("string");
    state.open("math");
    state.open("table");
    stack.pushGlobals();
    library.accept(stack);
    new BaseLibrary().into(stack);
    stack.cut(0);
    // The only pcall that knows how errors of Java's functions are raised.
    chunk("pcall = base.pcall return ''");
  }

  /// The value of an expression, or `error: …`.
  String value(String expression) {
    return chunk("return tostring((" + expression + "))");
  }

  /// What a chunk returns, a string.
  String chunk(String text) {
    if (state.load(text.getBytes(StandardCharsets.ISO_8859_1), "=t") != 0) {
      throw new AssertionError(stack.text(-1));
    }
    int status = state.call(0, 1, 0);
    String result = new String(stack.bytes(-1), StandardCharsets.ISO_8859_1);
    stack.cut(0);
    return status == 0 ? result : "error: " + result;
  }

  @Override
  public void close() {
    state.close();
  }
}
