package io.karst.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.karst.base.Invariant;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// An interpreter.
///
/// **Errors of Java's functions.** Lua's `longjmp` must not pass a frame of Java. A function that
/// fails therefore
/// returns its error as if it were a result, having set the hook for returns to the C function
/// `lua_error`: the hook
/// is called when no frame of Java is left, with the error on top of the stack, and raises it.
/// Whoever catches an
/// error puts the usual hook back, and only [#call] does: `pcall` and `xpcall` are built on it.
///
/// **The end of a run.** Every [#INTERVAL] instructions, and whenever Lua calls Java, the run is
/// asked whether it is
/// [over][#watch]. Then `lua_error` becomes the hook of each instruction: what catches the error
/// meets the next one.
///
/// Thread: one at a time.
public final class LuaState implements AutoCloseable {
  /// As a number of results: all.
  public static final int ALL = -1;

  static final int REGISTRY = -10000;
  static final int GLOBALS = -10002;
  private static final int UPVALUE = GLOBALS - 1;

  private static final int MASK_RETURN = 1 << 1;
  private static final int MASK_COUNT = 1 << 3;
  private static final int INTERVAL = 2000;

  private static final int COLLECT = 2;
  private static final int COUNT = 3;

  private static final long LUA_ERROR = LuaLinker.address("lua_error");
  private static final MethodHandle NEW =
      LuaLinker.handle("luaL_newstate", FunctionDescriptor.of(JAVA_LONG));

  private final Arena arena = Arena.ofShared();
  private final LuaAllocator allocator;
  private final List<LuaFunction> functions = new ArrayList<>();
  private final LuaStack stack;
  private final long main;
  private final long dispatch;
  private final long hook;

  private BooleanSupplier over = () -> false;
  private long relief = Long.MAX_VALUE;
  private boolean ending;
  private LuaPlace endedAt = LuaPlace.NONE;
  private @Nullable Throwable failure;

  public LuaState() {
    this(false);
  }

  /// - `portable`: counts memory in Java even where machine code could.
  LuaState(boolean portable) {
    main = create();
    allocator = new LuaAllocator(arena, Quick.getallocf(main, 0), portable);
    allocator.setUsed(Api.gc(main, COUNT, 0) * 1024L);
    Quick.setallocf(main, allocator.function(arena), allocator.data());
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    dispatch =
        LuaLinker.upcall(
            lookup,
            this,
            "dispatch",
            MethodType.methodType(int.class, long.class),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG),
            arena);
    hook =
        LuaLinker.upcall(
            lookup,
            this,
            "hook",
            MethodType.methodType(void.class, long.class, long.class),
            FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG),
            arena);
    stack = new LuaStack(this, arena, main);
    Quick.sethook(main, hook, MASK_COUNT, INTERVAL);
  }

  private static long create() {
    try {
      long state = (long) NEW.invokeExact();
      Invariant.check(state != 0, "no memory for an interpreter of Lua");
      return state;
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  /// The stack of the main thread, and, during a [LuaFunction], of whoever called it.
  public LuaStack stack() {
    return stack;
  }

  /// Opens a library of Lua's own: `base`, `string`, `table`, `math`, `os`.
  public void open(String library) {
    Api.pushcclosure(main, LuaLinker.address("luaopen_" + library), 0);
    stack.push(library.equals("base") ? "" : library);
    Invariant.check(call(1, 0, 0) == 0, "a library of Lua does not open");
  }

  /// Pushes a function that calls `function`.
  public void push(LuaFunction function) {
    Quick.pushnumber(stack.thread(), functions.size());
    functions.add(function);
    Api.pushcclosure(stack.thread(), dispatch, 1);
  }

  /// The limit of memory from now on; what is in use already counts.
  public void limit(long bytes) {
    allocator.setLimit(bytes);
    relief = allocator.used() + (bytes - allocator.used()) / 2;
  }

  /// The bytes in use.
  public long used() {
    return allocator.used();
  }

  /// Whether so many bytes more are within the limit.
  public boolean has(long bytes) {
    return allocator.has(bytes);
  }

  /// Asks `end` every few microseconds, from now on, whether the run has to end at once. Forgets
  /// how an earlier one
  /// ended.
  public void watch(BooleanSupplier end) {
    over = end;
    ending = false;
    endedAt = LuaPlace.NONE;
    failure = null;
  }

  /// Whether the run was ended.
  public boolean ended() {
    return ending;
  }

  /// Where it was when it was ended, if that is known.
  public LuaPlace endedAt() {
    return endedAt;
  }

  /// What a function of Java threw that is none of Lua's errors, which ended the run; or null.
  public @Nullable Throwable failure() {
    return failure;
  }

  /// Calls the function that lies below its arguments, as `lua_pcall` does; `handler` is the index
  /// of a function that
  /// gets the error while the stack is as it was, or 0. Returns 0, or not if there is an error on
  /// the stack.
  public int call(int arguments, int results, int handler) {
    long thread = stack.thread();
    boolean refusing = allocator.refusing(true);
    int status = Api.pcall(thread, arguments, results, handler);
    allocator.refusing(refusing);
    stack.enter(thread);
    if (status != 0 || ending) {
      // The latter, as a run may be over with its last instruction: there was no error then, but
      // its hook is set.
      Quick.sethook(thread, hook, MASK_COUNT, INTERVAL);
    }
    return status;
  }

  /// Compiles text; pushes the function and returns 0, or pushes the error.
  public int load(byte[] text, String name) {
    boolean refusing = allocator.refusing(false);
    try (Arena once = Arena.ofConfined()) {
      long bytes = once.allocateFrom(JAVA_BYTE, text).address();
      long chunk = once.allocateFrom(name).address();
      return Api.loadbuffer(stack.thread(), bytes, text.length, chunk);
    } finally {
      allocator.refusing(refusing);
    }
  }

  /// Frees what nobody can reach.
  public void collect() {
    Api.gc(main, COLLECT, 0);
  }

  @Override
  public void close() {
    Api.close(main);
    arena.close();
  }

  @SuppressWarnings("UnusedMethod") // Called by Lua.
  private int dispatch(long thread) {
    long outer = stack.enter(thread);
    boolean refusing = allocator.refusing(false);
    try {
      watch(thread);
      if (ending) {
        return raise(thread);
      }
      return functions.get((int) Quick.tonumber(thread, UPVALUE)).call(stack);
    } catch (LuaException e) {
      return raise(thread, e);
    } catch (Throwable e) {
      failure = e;
      ending = true;
      return raise(thread);
    } finally {
      allocator.refusing(refusing);
      stack.enter(outer);
    }
  }

  private int raise(long thread, LuaException e) {
    try {
      stack.enter(thread);
      String text = e.getMessage();
      if (text != null) {
        stack.push(e.placed() ? stack.place(1) + text : text);
      }
    } catch (Throwable t) {
      failure = t;
      ending = true;
    }
    return raise(thread);
  }

  /// Has Lua raise what is on top as soon as the function has returned 1.
  private static int raise(long thread) {
    if (Quick.gettop(thread) == 0) {
      Quick.pushnil(thread);
    }
    Quick.sethook(thread, LUA_ERROR, MASK_RETURN, 0);
    return 1;
  }

  @SuppressWarnings("UnusedMethod") // Called by Lua.
  private void hook(long thread, long ignored) {
    try {
      watch(thread);
    } catch (Throwable e) {
      failure = e;
      ending = true;
    }
    if (ending) {
      Quick.sethook(thread, LUA_ERROR, MASK_COUNT, 1);
    }
  }

  /// Looks whether the run is over, and collects garbage before it is in the way.
  private void watch(long thread) {
    if (!ending && over.getAsBoolean()) {
      ending = true;
      long outer = stack.enter(thread);
      endedAt = stack.caller(0);
      stack.enter(outer);
    }
    if (!ending && allocator.used() > relief) {
      boolean refusing = allocator.refusing(false);
      Api.gc(thread, COLLECT, 0);
      allocator.refusing(refusing);
      relief = Math.max(relief, allocator.used() + (allocator.limit() - allocator.used()) / 2);
    }
  }
}
