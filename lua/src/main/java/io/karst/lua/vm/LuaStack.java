package io.karst.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.karst.base.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// The stack of values a function of Lua works on. Indices count from 1 at the bottom, and from -1
/// downwards at the
/// top.
///
/// Whoever pushes more than a few values asks for [room][#room] first. Thread: as [LuaState].
public final class LuaStack {
  public static final int NIL = 0;
  public static final int BOOLEAN = 1;
  public static final int LIGHT_USERDATA = 2;
  public static final int NUMBER = 3;
  public static final int STRING = 4;
  public static final int TABLE = 5;
  public static final int FUNCTION = 6;

  private static final String[] TYPES = {
    "nil", "boolean", "userdata", "number", "string", "table", "function", "userdata", "thread"
  };

  private static final int SEARCH_MAX = 8;
  private static final int BUFFER = 16 << 10;

  // Of the struct lua_Debug.
  private static final int DEBUG_SIZE = 120;
  private static final int DEBUG_WHAT = 24;
  private static final int DEBUG_SOURCE = 32;
  private static final int DEBUG_LINE = 40;
  private static final int DEBUG_SHORT = 56;

  private final LuaState state;
  private final long length;
  private final long activation;
  private final long what;
  private final MemorySegment buffer;
  private byte[] heap = new byte[BUFFER];
  private long thread;
  private long located;

  LuaStack(LuaState state, Arena arena, long thread) {
    this.state = state;
    this.thread = thread;
    length = arena.allocate(JAVA_LONG).address();
    activation = arena.allocate(DEBUG_SIZE, Long.BYTES).address();
    what = arena.allocateFrom("Sl").address();
    buffer = arena.allocate(BUFFER);
  }

  public LuaState state() {
    return state;
  }

  long thread() {
    return thread;
  }

  /// Works on a thread of Lua (a coroutine, or the main one) from now on; returns which one it was.
  long enter(long newThread) {
    long before = thread;
    thread = newThread;
    return before;
  }

  // What is there.

  public int count() {
    return Quick.gettop(thread);
  }

  /// One of [#NIL], [#BOOLEAN], …; -1 beyond the top.
  public int type(int index) {
    return Quick.type(thread, index);
  }

  /// As Lua's `type`; `no value` beyond the top.
  public String typeName(int index) {
    int type = type(index);
    return type < 0 ? "no value" : TYPES[type];
  }

  public boolean isNil(int index) {
    return type(index) <= NIL;
  }

  /// All but nil and false.
  public boolean truth(int index) {
    return Quick.toboolean(thread, index) != 0;
  }

  /// Of a number, or of a string that reads as one; else 0.
  public double number(int index) {
    return Quick.tonumber(thread, index);
  }

  /// Whether it is a number, or a string that reads as one.
  public boolean isNumber(int index) {
    return Quick.isnumber(thread, index) != 0;
  }

  public long userdata(int index) {
    return Quick.touserdata(thread, index);
  }

  public boolean same(int one, int other) {
    return Quick.rawequal(thread, one, other) != 0;
  }

  /// The length of a string, or of a table's array.
  public int length(int index) {
    return (int) Math.min(Integer.MAX_VALUE, Quick.objlen(thread, index));
  }

  /// Copies a string.
  public byte[] bytes(int index) {
    long from = Api.tolstring(thread, index, length);
    byte[] copy = new byte[length(LuaLinker.MEMORY.get(JAVA_LONG, length))];
    MemorySegment.copy(LuaLinker.MEMORY, JAVA_BYTE, from, copy, 0, copy.length);
    return copy;
  }

  /// Finds where a string is, for [#copyLocated]; returns its length.
  public int locate(int index) {
    located = Quick.tolstring(thread, index, length);
    return length(LuaLinker.MEMORY.get(JAVA_LONG, length));
  }

  /// Copies the string that was located last to where there is room for it.
  public void copyLocated(byte[] target, int at, int size) {
    MemorySegment.copy(LuaLinker.MEMORY, JAVA_BYTE, located, target, at, size);
  }

  private static int length(long bytes) {
    if (bytes > Integer.MAX_VALUE - 8) {
      throw LuaException.at("string too long");
    }
    return (int) bytes;
  }

  /// A string as text; bytes that are no UTF-8 become U+FFFD.
  public String text(int index) {
    return new String(bytes(index), StandardCharsets.UTF_8);
  }

  /// As [#text], of a number too, which stays one.
  public String textOfCopy(int index) {
    pushValue(index);
    String text = text(-1);
    pop(1);
    return text;
  }

  // What goes there.

  /// Makes sure that so many values can be pushed.
  public void room(int values) {
    if (Api.checkstack(thread, values) == 0) {
      throw LuaException.at("stack overflow");
    }
  }

  /// Refuses what passes the limit of memory; for large things, before they are pushed.
  public void memory(long bytes) {
    if (!state.has(bytes)) {
      throw LuaException.at("not enough memory");
    }
  }

  public void pushNil() {
    Quick.pushnil(thread);
  }

  public void push(boolean value) {
    Quick.pushboolean(thread, value ? 1 : 0);
  }

  public void push(double value) {
    Quick.pushnumber(thread, value);
  }

  public void push(String utf8) {
    byte[] bytes = utf8.getBytes(StandardCharsets.UTF_8);
    push(bytes, 0, bytes.length);
  }

  public void push(byte[] array, int offset, int size) {
    if (size <= BUFFER) {
      MemorySegment.copy(array, offset, buffer, JAVA_BYTE, 0, size);
      Api.pushlstring(thread, buffer.address(), size);
      return;
    }
    memory(size);
    try (Arena once = Arena.ofConfined()) {
      MemorySegment copy = once.allocate(size);
      MemorySegment.copy(array, offset, copy, JAVA_BYTE, 0, size);
      Api.pushlstring(thread, copy.address(), size);
    }
  }

  public void push(Bytes bytes) {
    int size = bytes.length();
    if (heap.length < size) {
      byte[] once = bytes.toArray();
      push(once, 0, size);
      return;
    }
    bytes.copyTo(0, heap, 0, size);
    push(heap, 0, size);
  }

  public void pushUserdata(long value) {
    Quick.pushlightuserdata(thread, value);
  }

  /// Pushes a function that calls `function`.
  public void push(LuaFunction function) {
    state.push(function);
  }

  /// Sets a field of the table on top to a function that calls `function`.
  public void set(String name, LuaFunction function) {
    state.push(function);
    set(-2, name);
  }

  /// Sets a field of the table on top to a number.
  public void set(String name, double value) {
    push(value);
    set(-2, name);
  }

  /// Pushes another reference to the value at an index.
  public void pushValue(int index) {
    Quick.pushvalue(thread, index);
  }

  /// Pushes a table with room for so many items and fields.
  public void pushTable(int items, int fields) {
    Api.createtable(thread, items, fields);
  }

  public void pop(int values) {
    Quick.settop(thread, -values - 1);
  }

  /// Cuts the stack to so many values, or fills it up with nil.
  public void cut(int values) {
    Quick.settop(thread, values);
  }

  public void remove(int index) {
    Quick.remove(thread, index);
  }

  /// Moves the top to an index, and what is from there on up.
  public void insert(int index) {
    Quick.insert(thread, index);
  }

  /// Pops the top into the place of an index.
  public void replace(int index) {
    Quick.replace(thread, index);
  }

  // Tables, without their metatables.

  /// Pushes `table[key]`.
  public void get(int table, int key) {
    Quick.rawgeti(thread, table, key);
  }

  /// Pushes `table[key]`; returns its type.
  public int get(int table, String key) {
    int at = absolute(table);
    push(key);
    Quick.rawget(thread, at);
    return type(-1);
  }

  /// Pops a value into `table[key]`.
  public void set(int table, int key) {
    Api.rawseti(thread, table, key);
  }

  /// Pops a value into `table[key]`.
  public void set(int table, String key) {
    int at = absolute(table);
    push(key);
    insert(-2);
    Api.rawset(thread, at);
  }

  /// Pops a value, then a key that is neither nil nor NaN, into a table.
  public void set(int table) {
    Api.rawset(thread, table);
  }

  /// Pops the key on top and pushes the next pair of a table, or nothing and returns false; nil is
  /// before the first.
  public boolean next(int table) {
    return Quick.next(thread, table) != 0;
  }

  /// Pops a table and makes it the metatable of the one at an index.
  public void setMetatable(int index) {
    Api.setmetatable(thread, index);
  }

  /// Pushes the metatable of a value, or nothing and returns false.
  public boolean pushMetatable(int index) {
    return Quick.getmetatable(thread, index) != 0;
  }

  public int absolute(int index) {
    return index > 0 || index <= LuaState.REGISTRY ? index : count() + index + 1;
  }

  // References that outlast the stack.

  /// Pops a value and keeps it.
  public int keep() {
    return Api.ref(thread, LuaState.REGISTRY);
  }

  /// Pushes what was kept.
  public void pushKept(int reference) {
    Quick.rawgeti(thread, LuaState.REGISTRY, reference);
  }

  public void forget(int reference) {
    Api.unref(thread, LuaState.REGISTRY, reference);
  }

  /// Pushes the table of globals.
  public void pushGlobals() {
    Quick.pushvalue(thread, LuaState.GLOBALS);
  }

  /// Pops a table, which is where functions that are compiled from now on have their globals.
  public void setGlobals() {
    Quick.replace(thread, LuaState.GLOBALS);
  }

  // Who called.

  /// `source:line: ` of the function so many levels up (0 is the one that asks), or nothing where
  /// that is none of Lua's.
  public String place(int level) {
    if (Quick.getstack(thread, level, activation) == 0) {
      return "";
    }
    Api.getinfo(thread, what, activation);
    int line = LuaLinker.MEMORY.get(JAVA_INT, activation + DEBUG_LINE);
    return line > 0 ? LuaLinker.MEMORY.getString(activation + DEBUG_SHORT) + ":" + line + ": " : "";
  }

  /// Where the function so many levels up is, or the next one that is neither of C nor of a chunk
  /// called `karst`.
  public LuaPlace caller(int level) {
    LuaPlace place = at(level);
    for (int i = level + 1; place.isInner() && i < level + SEARCH_MAX; i++) {
      place = at(i);
    }
    return place;
  }

  private LuaPlace at(int level) {
    if (Quick.getstack(thread, level, activation) == 0) {
      return LuaPlace.NONE;
    }
    Api.getinfo(thread, what, activation);
    return new LuaPlace(
        LuaLinker.MEMORY.getString(LuaLinker.MEMORY.get(JAVA_LONG, activation + DEBUG_SOURCE)),
        LuaLinker.MEMORY.get(JAVA_INT, activation + DEBUG_LINE),
        LuaLinker.MEMORY.getString(LuaLinker.MEMORY.get(JAVA_LONG, activation + DEBUG_WHAT)));
  }
}
