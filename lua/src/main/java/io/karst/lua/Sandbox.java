package io.karst.lua;

import io.karst.base.Invariant;
import io.karst.lua.library.BaseLibrary;
import io.karst.lua.library.Bit;
import io.karst.lua.library.Json;
import io.karst.lua.library.MessagePack;
import io.karst.lua.library.Struct;
import io.karst.lua.vm.LuaStack;
import io.karst.lua.vm.LuaState;
import java.io.IOException;
import java.io.InputStream;

/// What scripts live in: the globals they share, which none of them can change.
///
/// Made by `sandbox.lua`. What scripts can reach is an empty table before each shared one; a script
/// that manages to write into such a one all the same
/// costs the interpreter ([#isClean]).
final class Sandbox {
  private static final String CHUNK = "=karst";
  private static final byte[] TEXT = read();

  // What lies on the stack for good.
  private static final int GLOBALS = 1;
  private static final int FACE = 2;
  private static final int TOGGLE = 3;
  private static final int LIST = 4;
  private static final int FRONT = 5;

  private final BaseLibrary base = new BaseLibrary();
  private final Json json = new Json();
  private final LuaState state;
  private final LuaStack stack;
  private final int toggle;

  /// How many fronts there are, which lie on the stack from [#FRONT] on for good.
  private final int fronts;

  Sandbox(LuaState state, RedisApi redis) {
    this.state = state;
    stack = state.stack();
    for (String library : new String[] {"base", "string", "table", "math", "os"}) {
      state.open(library);
    }
    Invariant.check(state.load(TEXT, CHUNK) == 0, "sandbox.lua does not compile");
    stack.pushTable(0, 8);
    base.into(stack);
    redis.into(stack);
    new Bit().into(stack);
    new Struct().into(stack);
    json.into(stack);
    new MessagePack().into(stack);
    Invariant.check(state.call(1, 4, 0) == 0, () -> "sandbox.lua fails: " + stack.text(-1));
    fronts = stack.length(LIST);
    stack.room(3 * fronts);
    for (int i = 1; i <= fronts; i++) {
      stack.get(LIST, i);
    }
    stack.pushValue(TOGGLE);
    toggle = stack.keep();
    stack.pushValue(FACE);
    stack.setGlobals();
  }

  /// Before each run: what a library remembers is as it was at first. `seed`: of `math.random`.
  void restart(int seed) {
    base.restart(seed);
    json.restart();
  }

  /// Pops a value, then a key, into the globals, which nobody else can do.
  void setGlobal() {
    stack.set(GLOBALS);
  }

  /// Shows what a library sees while it loads, or what everyone else does.
  void loading(boolean now) {
    stack.pushKept(toggle);
    stack.push(now);
    Invariant.check(state.call(1, 0, 0) == 0, "the sandbox does not switch");
  }

  /// Whether nothing has been written into what all scripts share.
  ///
  /// - `top`: of the stack as it is.
  boolean isClean(int top) {
    stack.cut(top + fronts); // A nil each, which stands before the first key.
    for (int i = 0; i < fronts; i++) {
      if (stack.next(FRONT + i)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] read() {
    try (InputStream in = Sandbox.class.getResourceAsStream("sandbox.lua")) {
      Invariant.check(in != null, "no sandbox.lua among the resources");
      return in.readAllBytes();
    } catch (IOException e) {
      throw Invariant.violated("sandbox.lua: " + e);
    }
  }
}
