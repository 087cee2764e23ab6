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

  private final BaseLibrary base = new BaseLibrary();
  private final Json json = new Json();
  private final LuaState state;
  private final LuaStack stack;
  private final int globals;
  private final int toggle;
  private final int[] fronts;

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
    fronts = keepAll();
    toggle = stack.keep();
    stack.setGlobals();
    globals = stack.keep();
  }

  private int[] keepAll() {
    int[] references = new int[stack.length(-1)];
    for (int i = 0; i < references.length; i++) {
      stack.get(-1, i + 1);
      references[i] = stack.keep();
    }
    stack.pop(1);
    return references;
  }

  /// Before each run: what a library remembers is as it was at first. `seed`: of `math.random`.
  void restart(int seed) {
    base.restart(seed);
    json.restart();
  }

  /// Pushes the globals, writable.
  void pushGlobals() {
    stack.pushKept(globals);
  }

  /// Shows what a library sees while it loads, or what everyone else does.
  void loading(boolean now) {
    stack.pushKept(toggle);
    stack.push(now);
    Invariant.check(state.call(1, 0, 0) == 0, "the sandbox does not switch");
  }

  /// Whether nothing has been written into what all scripts share.
  boolean isClean() {
    boolean clean = true;
    for (int reference : fronts) {
      stack.pushKept(reference);
      stack.pushNil();
      if (stack.next(-2)) {
        clean = false;
      }
      stack.cut(0);
    }
    return clean;
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
