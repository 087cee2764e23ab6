package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Reply;
import io.karst.lua.vm.LuaStack;
import io.karst.lua.vm.LuaState;
import java.util.List;
import java.util.Map;

/// One Lua, with the scripts and libraries it has compiled. Thread: one at a time.
final class Interpreter implements AutoCloseable {
  private static final String SCRIPT = "@user_script";
  private static final String FUNCTION = "@user_function";

  /// One that has grown so much is cleaned up after the run.
  private static final long LARGE = 4L << 20;

  private final LuaState state = new LuaState();
  private final LuaStack stack = state.stack();
  private final RedisApi redis = new RedisApi(stack);
  private final Sandbox sandbox = new Sandbox(state, redis);
  private final ScriptErrors errors = new ScriptErrors(state);
  private final Compiled<Integer> scripts = new Compiled<>(stack::forget);
  private final Compiled<Map<String, Registrations.Registered>> libraries =
      new Compiled<>(this::forget);

  // What lies on the stack for good, above what the sandbox has there.
  private final int handler;
  private final int keysName;
  private final int argumentsName;

  private boolean scriptGlobals;
  private boolean broken;

  Interpreter() {
    errors.pushHandler();
    handler = stack.count();
    stack.push("KEYS");
    keysName = handler + 1;
    stack.push("ARGV");
    argumentsName = handler + 2;
  }

  private void forget(Map<String, Registrations.Registered> functions) {
    functions.values().forEach(function -> stack.forget(function.callback()));
  }

  /// Bytes in use.
  long memory() {
    return state.used();
  }

  /// Whether it may be used again.
  boolean isClean() {
    return !broken;
  }

  void compile(LuaScript script) {
    state.limit(Long.MAX_VALUE);
    reference(script);
  }

  /// The function of a script, compiled if it is not yet.
  private int reference(LuaScript script) {
    Integer known = scripts.get(script.sha1());
    if (known != null) {
      return known;
    }
    byte[] text = Shebang.of(script.body()).rest(script.body());
    if (state.load(text, SCRIPT) != 0) {
      throw CommandException.err("Error compiling script (new function): " + errors.popText());
    }
    int reference = stack.keep();
    scripts.put(script.sha1(), reference);
    return reference;
  }

  Reply run(LuaScript script, List<Bytes> keys, List<Bytes> args, Host host, Budget budget) {
    int function = reference(script);
    begin(host, budget);
    try {
      stack.pushValue(keysName);
      push(keys);
      sandbox.setGlobal();
      stack.pushValue(argumentsName);
      push(args);
      sandbox.setGlobal();
      scriptGlobals = true;
      stack.pushKept(function);
      return finish(state.call(0, 1, handler), script.sha1());
    } finally {
      end();
    }
  }

  Reply call(
      LuaLibrary library,
      String function,
      List<Bytes> keys,
      List<Bytes> args,
      Host host,
      Budget budget) {
    Map<String, Registrations.Registered> functions = libraries.get(library.sha1());
    if (functions == null) {
      load(library.name(), library.code(), library.sha1(), host, budget);
      functions = libraries.get(library.sha1());
    }
    Registrations.Registered registered = functions == null ? null : functions.get(function);
    if (registered == null) {
      throw CommandException.err("Function not found");
    }
    begin(host, budget);
    try {
      clearScriptGlobals();
      stack.pushKept(registered.callback());
      push(keys);
      push(args);
      return finish(state.call(2, 1, handler), function);
    } finally {
      end();
    }
  }

  List<LuaLibrary.Function> load(String name, Bytes code, String sha1, Host host, Budget budget) {
    if (state.load(Shebang.of(code).rest(code), FUNCTION) != 0) {
      throw CommandException.err("Error compiling function: " + errors.popText());
    }
    int chunk = stack.keep();
    begin(host, budget);
    sandbox.loading(true);
    redis.registrations().open(true);
    boolean loaded = false;
    try {
      clearScriptGlobals();
      stack.pushKept(chunk);
      if (state.call(0, 0, handler) != 0) {
        throw CommandException.err(
            "Error registering functions: " + errors.popLoading(state.ended()));
      }
      loaded = true;
    } finally {
      redis.registrations().open(false);
      sandbox.loading(false);
      stack.forget(chunk);
      if (!loaded) {
        forget(redis.registrations().take());
      }
      end();
    }
    Map<String, Registrations.Registered> functions = redis.registrations().take();
    if (functions.isEmpty()) {
      throw CommandException.err("No functions registered");
    }
    libraries.put(sha1, functions);
    return functions.values().stream().map(Registrations.Registered::function).toList();
  }

  private void begin(Host host, Budget budget) {
    stack.cut(argumentsName);
    state.limit(budget.memory());
    state.watch(host::interrupted);
    redis.begin(host);
    sandbox.restart(host.seed());
  }

  private void push(List<Bytes> words) {
    stack.pushTable(words.size(), 0);
    for (int i = 0; i < words.size(); i++) {
      stack.push(words.get(i));
      stack.set(-2, i + 1);
    }
  }

  private void clearScriptGlobals() {
    if (scriptGlobals) {
      stack.pushValue(keysName);
      stack.pushNil();
      sandbox.setGlobal();
      stack.pushValue(argumentsName);
      stack.pushNil();
      sandbox.setGlobal();
      scriptGlobals = false;
    }
  }

  /// The reply that the value or the error on top is.
  private Reply finish(int status, String name) {
    if (state.ended()) {
      return errors.ended(name);
    }
    return status == 0 ? redis.toReply().pop() : errors.pop(name);
  }

  private void end() {
    stack.cut(argumentsName);
    redis.end();
    state.limit(Long.MAX_VALUE);
    if (!sandbox.isClean(argumentsName)) {
      broken = true;
    } else if (state.used() > LARGE) {
      state.collect();
      broken = state.used() > LARGE;
    }
  }

  @Override
  public void close() {
    state.close();
  }
}
