package io.karst.server.scripts;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.lua.Budget;
import io.karst.lua.Host;
import io.karst.lua.LuaLibrary;
import io.karst.lua.LuaRuntime;
import io.karst.lua.LuaScript;
import io.karst.lua.ScriptFlag;
import java.util.List;

/// A script or a function that may be run, and what is known of how it runs. Thread-safe.
///
/// What is known is a guess for the next run, and nothing depends on it but speed.
public final class Script {
  /// How many runs in a row that were short on a thread of their own let it be tried on an event
  /// loop again.
  private static final int SHORT_RUNS = 64;

  private sealed interface Code {}

  private record Whole(LuaScript script) implements Code {}

  private record Part(LuaLibrary library, LuaLibrary.Function function) implements Code {}

  private final Code code;

  /// For the cache: when it was used, and whether it stays until somebody empties it.
  volatile long used;

  volatile boolean kept;

  private volatile boolean leaves;
  private volatile int shortRuns;

  private Script(Code code) {
    this.code = code;
  }

  static Script of(LuaScript script) {
    return new Script(new Whole(script));
  }

  static Script of(LuaLibrary library, LuaLibrary.Function function) {
    return new Script(new Part(library, function));
  }

  /// The digest of a script, the name of a function.
  public String name() {
    return switch (code) {
      case Whole whole -> whole.script().sha1();
      case Part part -> part.function().name();
    };
  }

  /// The source of a script; of a function that of its library.
  public Bytes source() {
    return switch (code) {
      case Whole whole -> whole.script().body();
      case Part part -> part.library().code();
    };
  }

  /// Whether it is a function of a library.
  public boolean isFunction() {
    return code instanceof Part;
  }

  /// Whether it says what it does. If not, it is taken as scripts were before there were flags:
  /// whether it may write and may have memory is asked command by command.
  public boolean declared() {
    return switch (code) {
      case Whole whole -> whole.script().declared();
      case Part _ -> true;
    };
  }

  public boolean has(ScriptFlag flag) {
    return switch (code) {
      case Whole whole -> whole.script().flags().contains(flag);
      case Part part -> part.function().flags().contains(flag);
    };
  }

  /// Runs it; see [LuaRuntime#run].
  public Reply run(LuaRuntime lua, List<Bytes> keys, List<Bytes> args, Host host, Budget budget) {
    return switch (code) {
      case Whole whole -> lua.run(whole.script(), keys, args, host, budget);
      case Part part -> lua.call(part.library(), part.function().name(), keys, args, host, budget);
    };
  }

  /// Whether it is better begun off the event loops.
  public boolean leaves() {
    return leaves;
  }

  /// It could not be run on an event loop.
  public void left() {
    leaves = true;
    shortRuns = 0;
  }

  /// It has run elsewhere, and perhaps could have been run on an event loop.
  @SuppressWarnings("NonAtomicVolatileUpdate") // A guess.
  public void ranShortly() {
    if (leaves && ++shortRuns >= SHORT_RUNS) {
      leaves = false;
    }
  }
}
