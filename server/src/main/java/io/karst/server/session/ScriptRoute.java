package io.karst.server.session;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.commands.Args;
import io.karst.lua.ScriptFlag;
import io.karst.server.scripts.Script;
import io.karst.server.scripts.ScriptCache;
import org.jspecify.annotations.Nullable;

/// How a command calls scripts: `EVAL source numkeys [key ...] [argument ...]`, and its kin.
enum ScriptRoute {
  EVAL(false),
  EVALSHA(false),
  EVAL_RO(true),
  EVALSHA_RO(true),
  FCALL(false),
  FCALL_RO(true);

  /// Where the number of keys is among the words.
  static final int NUMBER_AT = 2;

  private static final int SCRIPT_AT = 1;

  private final boolean readOnly;

  ScriptRoute(boolean readOnly) {
    this.readOnly = readOnly;
  }

  /// The way of a command, null if it calls no script.
  static @Nullable ScriptRoute of(String fullName) {
    return switch (fullName) {
      case "eval" -> EVAL;
      case "evalsha" -> EVALSHA;
      case "eval_ro" -> EVAL_RO;
      case "evalsha_ro" -> EVALSHA_RO;
      case "fcall" -> FCALL;
      case "fcall_ro" -> FCALL_RO;
      default -> null;
    };
  }

  /// Whether the script may not write.
  boolean readOnly() {
    return readOnly;
  }

  /// How many keys a call names.
  int keyCount(Args args) {
    long count = number(args);
    if (count > args.count() - NUMBER_AT - 1) {
      throw CommandException.err("Number of keys can't be greater than number of args");
    }
    if (count < 0) {
      throw CommandException.err("Number of keys can't be negative");
    }
    return (int) count;
  }

  private long number(Args args) {
    try {
      return args.int64(NUMBER_AT);
    } catch (CommandException notOne) {
      throw callsFunction() ? CommandException.err("Bad number of keys provided") : notOne;
    }
  }

  private boolean callsFunction() {
    return this == FCALL || this == FCALL_RO;
  }

  /// The script of a call, which may be run now.
  Script find(Server server, Args args) {
    Bytes word = args.bytes(SCRIPT_AT);
    Script script =
        switch (this) {
          case EVAL, EVAL_RO -> evaluated(server.scripting(), word);
          case EVALSHA, EVALSHA_RO -> server.scripting().cache().find(word);
          case FCALL, FCALL_RO -> server.scripting().functions().find(word);
        };
    if (script == null) {
      throw callsFunction()
          ? CommandException.err("Function not found")
          : new CommandException("NOSCRIPT No matching script. Please use EVAL.");
    }
    if (script.declared()) {
      check(server, script);
    }
    return script;
  }

  private static Script evaluated(Scripting scripting, Bytes source) {
    Script present = scripting.cache().find(Bytes.utf8(ScriptCache.digest(source)));
    return present == null ? scripting.evaluated(source) : present;
  }

  private void check(Server server, Script script) {
    if (script.has(ScriptFlag.NO_WRITES)) {
      return;
    }
    if (readOnly) {
      throw CommandException.err("Can not execute a script with write flag using *_ro command.");
    }
    Standing standing = server.standing();
    if (standing != null && !standing.leads()) {
      throw new CommandException(Routing.READ_ONLY);
    }
    Fault.ReadOnly failure = server.engine().log().failure();
    if (failure != null) {
      throw new CommandException(failure.line());
    }
    if (!script.has(ScriptFlag.ALLOW_OOM) && server.engine().eviction().refuses()) {
      throw new CommandException(
          "OOM allow-oom flag is not set on the script, can not run it when used memory >"
              + " 'maxmemory'");
    }
  }
}
