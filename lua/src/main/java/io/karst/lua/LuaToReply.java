package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.lua.vm.LuaStack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes replies of values of Lua. Everything in them is copied.
///
/// A table is an error or a status if it has a field `err` or `ok`, then what its field `double`,
/// `map`, `set`, `big_number` or `verbatim_string` says, else
/// an array that its first nil ends.
final class LuaToReply {
  private static final int DEPTH_MAX = 128;
  private static final Reply TOO_DEEP = new Reply.Err("ERR reached lua stack limit");

  private final LuaStack stack;
  private boolean resp3;

  LuaToReply(LuaStack stack) {
    this.stack = stack;
  }

  /// Which version the script chose: only in 3 there are booleans.
  void protocol(int version) {
    resp3 = version == 3;
  }

  /// Pops the top.
  Reply pop() {
    return pop(0);
  }

  private Reply pop(int depth) {
    Reply reply = top(depth);
    stack.pop(1);
    return reply;
  }

  private Reply top(int depth) {
    return switch (stack.type(-1)) {
      case LuaStack.STRING -> Reply.bulk(Bytes.of(stack.bytes(-1)));
      case LuaStack.NUMBER -> Reply.of((long) stack.number(-1));
      case LuaStack.BOOLEAN -> bool(stack.truth(-1));
      case LuaStack.TABLE -> depth < DEPTH_MAX ? table(depth) : TOO_DEEP;
      default -> Reply.NIL;
    };
  }

  private Reply bool(boolean value) {
    return resp3 ? new Reply.Bool(value) : value ? Reply.ONE : Reply.NIL;
  }

  @SuppressWarnings("ReferenceEquality") // Whether it is that one object.
  private Reply table(int depth) {
    stack.room(8);
    if (string("err")) {
      return new Reply.Err(popLine());
    }
    if (string("ok")) {
      return new Reply.Simple(popLine());
    }
    if (field("double", LuaStack.NUMBER)) {
      double value = stack.number(-1);
      stack.pop(1);
      return new Reply.Real(value);
    }
    if (field("map", LuaStack.TABLE)) {
      return new Reply.Dictionary(pairs(true, depth));
    }
    if (field("set", LuaStack.TABLE)) {
      return new Reply.Collection(pairs(false, depth));
    }
    if (string("big_number")) {
      return new Reply.BigNumber(popLine());
    }
    if (field("verbatim_string", LuaStack.TABLE)) {
      Reply verbatim = popVerbatim();
      if (verbatim != null) {
        return verbatim;
      }
    }
    return new Reply.Array(items(depth));
  }

  private boolean string(String name) {
    return field(name, LuaStack.STRING);
  }

  /// Pushes a field of the table on top if it is of a type.
  private boolean field(String name, int type) {
    if (stack.get(-1, name) == type) {
      return true;
    }
    stack.pop(1);
    return false;
  }

  /// Pops a string that has to fit into a line.
  private String popLine() {
    byte[] bytes = stack.bytes(-1);
    stack.pop(1);
    return new String(bytes, StandardCharsets.UTF_8).replace('\r', ' ').replace('\n', ' ');
  }

  private @Nullable Reply popVerbatim() {
    Reply reply = null;
    if (string("format")) {
      String format = popLine();
      if (string("string")) {
        reply = new Reply.Verbatim((format + "   ").substring(0, 3), Bytes.of(stack.bytes(-1)));
        stack.pop(1);
      }
    }
    stack.pop(1);
    return reply;
  }

  /// Pops a table: its keys, with their values if `values`.
  private List<Reply> pairs(boolean values, int depth) {
    List<Reply> replies = new ArrayList<>();
    stack.pushNil();
    while (stack.next(-2)) {
      stack.pushValue(-2);
      replies.add(pop(depth + 1));
      if (values) {
        replies.add(pop(depth + 1));
      } else {
        stack.pop(1);
      }
    }
    stack.pop(1);
    return replies;
  }

  private List<Reply> items(int depth) {
    List<Reply> replies = new ArrayList<>(stack.length(-1));
    for (int i = 1; ; i++) {
      stack.get(-1, i);
      if (stack.isNil(-1)) {
        stack.pop(1);
        return replies;
      }
      replies.add(pop(depth + 1));
    }
  }
}
