package io.karst.lua;

import io.karst.commands.Reply;
import io.karst.lua.vm.LuaPlace;
import io.karst.lua.vm.LuaStack;
import io.karst.lua.vm.LuaState;

/// From errors of Lua to error lines: `code text script: name, on source:line.`
final class ScriptErrors {
  private static final String KILLED = "Script killed by user with SCRIPT KILL...";
  private static final String LOADING_TOO_LONG = "FUNCTION LOAD timeout";

  private final LuaState state;
  private final LuaStack stack;

  ScriptErrors(LuaState state) {
    this.state = state;
    stack = state.stack();
  }

  /// Pushes the function that gets an error nobody has caught, while the stack is as it was.
  void pushHandler() {
    stack.push(this::handle);
  }

  /// Makes a table of an error that is none, and adds the place.
  private int handle(LuaStack each) {
    each.cut(1);
    if (each.type(1) != LuaStack.TABLE) {
      String text = text(1);
      each.pushTable(0, 3);
      each.push("ERR " + text);
      each.set(-2, "err");
    }
    LuaPlace place = each.caller(1);
    if (!place.isNone()) {
      each.push(place.source());
      each.set(-2, "source");
      each.push((double) place.line());
      each.set(-2, "line");
    }
    return 1;
  }

  private String text(int index) {
    return switch (stack.type(index)) {
      case LuaStack.STRING, LuaStack.NUMBER -> stack.textOfCopy(index);
      case LuaStack.BOOLEAN -> String.valueOf(stack.truth(index));
      default -> stack.typeName(index);
    };
  }

  /// Pops an error of the compiler.
  String popText() {
    String text = text(-1);
    stack.pop(1);
    return text;
  }

  /// Pops what ended the loading of a library.
  String popLoading(boolean ended) {
    if (ended) {
      rethrow();
      return LOADING_TOO_LONG;
    }
    if (stack.type(-1) != LuaStack.TABLE) {
      return popText();
    }
    String text = field("err", "ERR unknown error");
    stack.pop(1);
    return text;
  }

  /// Pops the error on top. `name`: the SHA-1 of the script, or the name of the function.
  Reply pop(String name) {
    if (stack.type(-1) != LuaStack.TABLE) {
      return line("ERR " + popText(), name, "", "");
    }
    String text = field("err", "ERR unknown error");
    String source = field("source", "");
    String line = field("line", "");
    stack.pop(1);
    return line(text, name, source, line);
  }

  /// What a run is answered that was ended.
  Reply ended(String name) {
    rethrow();
    LuaPlace place = state.endedAt();
    return line("ERR " + KILLED, name, place.source(), String.valueOf(place.line()));
  }

  private void rethrow() {
    switch (state.failure()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  private static Reply line(String text, String name, String source, String line) {
    String place = source.isEmpty() ? "" : ", on " + source + ":" + line;
    String all = text + " script: " + name + place + ".";
    return new Reply.Err(all.replace('\r', ' ').replace('\n', ' '));
  }

  private String field(String name, String otherwise) {
    stack.get(-1, name);
    String text = stack.isNil(-1) ? otherwise : text(-1);
    stack.pop(1);
    return text;
  }
}
