package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/// Compiles, loads and runs. Thread-safe: runs that go on at once have an interpreter each.
///
/// A run happens on the caller's thread and takes as long as the script does; it needs half a
/// megabyte of that thread's stack. A virtual
/// thread is pinned meanwhile.
public final class LuaRuntime implements AutoCloseable {
  /// So many interpreters are kept for the next run.
  private static final int IDLE_MAX = 16;

  private final ConcurrentLinkedDeque<Interpreter> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();

  /// Compiles a script, or throws [io.karst.base.CommandException] with the error line for the
  /// client. The body is copied.
  public LuaScript compile(Bytes body) {
    Shebang shebang = Shebang.of(body);
    Bytes copy = body.copy();
    LuaScript script =
        new LuaScript(copy, Sha1.hex(copy), shebang.isPresent(), shebang.scriptFlags());
    Interpreter interpreter = borrow();
    try {
      interpreter.compile(script);
    } finally {
      release(interpreter);
    }
    return script;
  }

  /// Runs a script with its keys and arguments. An error of the script is a [Reply.Err]; so is its
  /// end by [Host#interrupted] or for want of memory.
  ///
  /// `keys`, `args`: read at the beginning.
  public Reply run(LuaScript script, List<Bytes> keys, List<Bytes> args, Host host, Budget budget) {
    Interpreter interpreter = borrow();
    try {
      return interpreter.run(script, keys, args, host, budget);
    } finally {
      release(interpreter);
    }
  }

  /// Loads a library: runs its code, which registers its functions. Throws
  /// [io.karst.base.CommandException] with the error line for the client if it
  /// does not load. The code is copied.
  ///
  /// - `host`: is asked for [Host#interrupted] and [Host#log] only.
  public LuaLibrary load(Bytes code, Host host, Budget budget) {
    Shebang shebang = Shebang.of(code);
    String name = shebang.libraryName();
    Bytes copy = code.copy();
    Interpreter interpreter = borrow();
    try {
      String sha1 = Sha1.hex(copy);
      return new LuaLibrary(name, copy, sha1, interpreter.load(name, copy, sha1, host, budget));
    } finally {
      release(interpreter);
    }
  }

  /// Calls a function of a library; as [#run].
  public Reply call(
      LuaLibrary library,
      String function,
      List<Bytes> keys,
      List<Bytes> args,
      Host host,
      Budget budget) {
    Interpreter interpreter = borrow();
    try {
      return interpreter.call(library, function, keys, args, host, budget);
    } finally {
      release(interpreter);
    }
  }

  /// Forgets all compiled scripts and loaded libraries in interpreters that are idle, and with them
  /// the memory they take.
  public void flush() {
    for (Interpreter each = idle.poll(); each != null; each = idle.poll()) {
      idleCount.decrementAndGet();
      each.close();
    }
  }

  /// The bytes that idle interpreters use.
  public long idleMemory() {
    return idle.stream().mapToLong(Interpreter::memory).sum();
  }

  private Interpreter borrow() {
    Interpreter interpreter = idle.poll();
    if (interpreter == null) {
      return new Interpreter();
    }
    idleCount.decrementAndGet();
    return interpreter;
  }

  private void release(Interpreter interpreter) {
    if (interpreter.isClean() && idleCount.incrementAndGet() <= IDLE_MAX) {
      idle.push(interpreter);
      return;
    }
    if (interpreter.isClean()) {
      idleCount.decrementAndGet();
    }
    interpreter.close();
  }

  /// Frees all interpreters. Nothing may be running.
  @Override
  public void close() {
    flush();
  }
}
