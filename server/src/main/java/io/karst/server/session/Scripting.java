package io.karst.server.session;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Reply;
import io.karst.engine.Libraries;
import io.karst.lua.Budget;
import io.karst.lua.Host;
import io.karst.lua.LogLevel;
import io.karst.lua.LuaLibrary;
import io.karst.lua.LuaRuntime;
import io.karst.lua.ScriptWords;
import io.karst.server.scripts.Functions;
import io.karst.server.scripts.RunningScripts;
import io.karst.server.scripts.Script;
import io.karst.server.scripts.ScriptCache;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scripts and functions of a server. Thread-safe.
public final class Scripting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scripting.class);

  /// How long the source of a library may run that is loaded. Nobody but its client waits for it
  /// meanwhile; a short bound would refuse libraries for no reason but that the machine is busy.
  private static final long LOAD_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final LuaRuntime lua = new LuaRuntime();
  private final ScriptCache cache = new ScriptCache();
  private final RunningScripts running = new RunningScripts();
  private final Functions functions;
  private final Clock clock;
  private volatile long limitNanos = Long.MAX_VALUE;

  Scripting(Libraries libraries, Clock clock) {
    this.clock = clock;
    functions = new Functions(libraries, this::load);
  }

  public ScriptCache cache() {
    return cache;
  }

  public Functions functions() {
    return functions;
  }

  public RunningScripts running() {
    return running;
  }

  /// For how long others wait for what a script holds, before they are told that it does.
  long limitNanos() {
    return limitNanos;
  }

  void limit(int millis) {
    limitNanos = millis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /// Compiles a source that `EVAL` brings.
  ///
  /// - throws [io.karst.base.CommandException] if it does not compile.
  Script evaluated(Bytes source) {
    return cache.add(lua.compile(source), false);
  }

  /// Compiles a source, and keeps it until [#flush].
  ///
  /// - throws [io.karst.base.CommandException] if it does not compile.
  public Script keep(Bytes source) {
    return cache.add(lua.compile(source), true);
  }

  /// Forgets all scripts, but no functions.
  public void flush() {
    cache.clear();
    lua.flush();
  }

  /// Bytes of the interpreters that do not run just now.
  public long interpreterSize() {
    return lua.idleMemory();
  }

  Reply run(Script script, List<Bytes> keys, List<Bytes> args, Host host) {
    return script.run(lua, keys, args, host, Budget.DEFAULT);
  }

  private LuaLibrary load(Bytes source) {
    return lua.load(source, new Loading(), Budget.DEFAULT);
  }

  /// What a library reaches while it is loaded. Its time begins when it is first asked for: that is
  /// when the source runs, and not while an interpreter is made ready.
  private final class Loading implements Host {
    private final ScriptWords words = new ScriptWords();
    private long beginNanos = NOT_BEGUN;

    @Override
    public ScriptWords words() {
      return words;
    }

    @Override
    public Reply call(Args args) {
      throw CommandException.err("redis.call can only be called inside a script invocation");
    }

    @Override
    public boolean allows(Args args) {
      throw CommandException.err(
          "redis.acl_check_cmd can only be called inside a script invocation");
    }

    @Override
    public void log(LogLevel level, Bytes text) {
      LOG.info("{}", text.utf8());
    }

    @Override
    public boolean interrupted() {
      long now = clock.monotonicNanos();
      if (beginNanos == NOT_BEGUN) {
        beginNanos = now;
      }
      return now - beginNanos > LOAD_NANOS;
    }
  }

  /// Nothing runs any more.
  @Override
  public void close() {
    lua.close();
  }
}
