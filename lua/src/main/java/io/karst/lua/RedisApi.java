package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import io.karst.lua.vm.LuaException;
import io.karst.lua.vm.LuaPlace;
import io.karst.lua.vm.LuaStack;
import java.nio.charset.StandardCharsets;

/// The table `redis`, also known as `server`.
final class RedisApi {
  /// What scripts see as the version: the one of Redis whose behaviour is meant.
  static final int[] VERSION = {7, 4, 0};

  private static final String NAME = "karst";

  private final LuaStack stack;
  private final ReplyToLua toLua;
  private final LuaToReply toReply;
  private final Registrations registrations;
  private Host host = NoHost.INSTANCE;

  RedisApi(LuaStack stack) {
    this.stack = stack;
    toLua = new ReplyToLua(stack);
    toReply = new LuaToReply(stack);
    registrations = new Registrations();
  }

  /// For one run.
  void begin(Host newHost) {
    host = newHost;
    toLua.protocol(2);
    toReply.protocol(2);
  }

  void end() {
    host = NoHost.INSTANCE;
  }

  LuaToReply toReply() {
    return toReply;
  }

  Registrations registrations() {
    return registrations;
  }

  /// Adds the tables `redis` and `loading`, which is what a library sees of it while it loads.
  void into(LuaStack target) {
    target.pushTable(0, 32);
    stack.set("call", _ -> call(true));
    stack.set("pcall", _ -> call(false));
    stack.set("acl_check_cmd", _ -> allows());
    stack.set("setresp", _ -> protocol());
    stack.set("set_repl", _ -> replicate());
    stack.set("replicate_commands", _ -> yes());
    stack.set("breakpoint", _ -> no());
    stack.set("debug", _ -> 0);
    addReplies();
    addLog();
    target.set(-2, "redis");
    target.pushTable(0, 8);
    addLog();
    stack.set("register_function", registrations::register);
    target.set(-2, "loading");
  }

  private void addReplies() {
    stack.set("error_reply", _ -> line("err"));
    stack.set("status_reply", _ -> line("ok"));
    stack.set("sha1hex", _ -> sha1());
    stack.set("REPL_NONE", 0);
    stack.set("REPL_AOF", 1);
    stack.set("REPL_SLAVE", 2);
    stack.set("REPL_REPLICA", 2);
    stack.set("REPL_ALL", 3);
  }

  /// Adds what libraries have while they load, too.
  private void addLog() {
    stack.set("log", _ -> log());
    for (LogLevel level : LogLevel.values()) {
      stack.set("LOG_" + level, level.number());
    }
    stack.push(NAME);
    stack.set(-2, "SERVER_NAME");
    stack.push(VERSION[0] + "." + VERSION[1] + "." + VERSION[2]);
    stack.set(-2, "REDIS_VERSION");
    stack.set("REDIS_VERSION_NUM", (VERSION[0] << 16) | (VERSION[1] << 8) | VERSION[2]);
  }

  private int call(boolean raising) {
    Args args;
    try {
      args = ScriptArguments.read(stack, host.words());
    } catch (CommandException e) {
      return error(e.line(), false, raising);
    }
    Reply reply;
    try {
      reply = host.call(args);
    } catch (CommandException e) {
      reply = new Reply.Err(e.line());
    }
    if (reply instanceof Reply.Err error) {
      return error(error.line(), true, raising);
    }
    stack.cut(0);
    toLua.push(reply);
    return 1;
  }

  /// Pushes an error; raises it, with the place of the script, or returns it.
  private int error(String line, boolean counted, boolean raising) {
    pushError(line, counted);
    if (!raising) {
      return 1;
    }
    LuaPlace place = stack.caller(1);
    if (!place.isNone()) {
      stack.push(place.source());
      stack.set(-2, "source");
      stack.set("line", place.line());
    }
    throw LuaException.onTop();
  }

  /// Pushes the table of an error.
  private void pushError(String line, boolean counted) {
    stack.pushTable(0, 4);
    stack.push(line);
    stack.set(-2, "err");
    if (counted) {
      // The command's own failure is counted already.
      stack.push(true);
      stack.set(-2, "ignore_error_stats_update");
    }
  }

  /// The error of a function of this table.
  private LuaException failed(String message) {
    error("ERR " + message, false, true);
    return LuaException.onTop();
  }

  private int allows() {
    Args args;
    try {
      args = ScriptArguments.read(stack, host.words());
    } catch (CommandException e) {
      return error(e.line(), false, true);
    }
    try {
      stack.push(host.allows(args));
    } catch (CommandException e) {
      throw failed("Invalid command passed to redis.acl_check_cmd()");
    }
    return 1;
  }

  private int protocol() {
    if (stack.count() != 1) {
      throw failed("redis.setresp() requires one argument.");
    }
    double version = stack.number(1);
    if (version != 2 && version != 3) {
      throw failed("RESP version must be 2 or 3.");
    }
    toLua.protocol((int) version);
    toReply.protocol((int) version);
    host.protocol((int) version);
    return 0;
  }

  private int replicate() {
    if (stack.count() != 1) {
      throw failed("redis.set_repl() requires two arguments.");
    }
    int flags = (int) stack.number(1);
    if ((flags & ~3) != 0) {
      throw failed("Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.");
    }
    host.replicate((flags & 1) != 0, (flags & 2) != 0);
    return 0;
  }

  private int yes() {
    stack.push(true);
    return 1;
  }

  private int no() {
    stack.push(false);
    return 1;
  }

  /// `redis.error_reply`, `redis.status_reply`: a table of one field.
  private int line(String field) {
    if (stack.count() != 1 || stack.type(1) != LuaStack.STRING) {
      pushError("ERR wrong number or type of arguments", false);
      return 1;
    }
    byte[] text = stack.bytes(1);
    stack.pushTable(0, 1);
    if (field.equals("err")) {
      stack.push(errorLine(new String(text, StandardCharsets.UTF_8)));
    } else {
      stack.push(text, 0, text.length);
    }
    stack.set(-2, field);
    return 1;
  }

  /// Its first word is the code; without a second one the code is `ERR`.
  private static String errorLine(String text) {
    String line = text.startsWith("-") ? text.substring(1) : text;
    return line.indexOf(' ') < 0 ? "ERR " + line : line;
  }

  private int sha1() {
    if (stack.count() != 1) {
      throw failed("wrong number of arguments");
    }
    int type = stack.type(1);
    byte[] bytes =
        type == LuaStack.STRING || type == LuaStack.NUMBER ? stack.bytes(1) : new byte[0];
    stack.push(Sha1.hex(bytes));
    return 1;
  }

  private int log() {
    if (stack.count() < 2) {
      throw failed("redis.log() requires two arguments or more.");
    }
    if (stack.type(1) != LuaStack.NUMBER) {
      throw failed("First argument must be a number (log level).");
    }
    LogLevel level = LogLevel.of((int) stack.number(1));
    if (level == null) {
      throw failed("Invalid debug level.");
    }
    host.log(level, Bytes.of(ScriptArguments.join(stack, 2)));
    return 0;
  }
}
