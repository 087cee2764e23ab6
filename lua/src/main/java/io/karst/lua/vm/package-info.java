/// Lua 5.1 itself, the C library, reached through `java.lang.foreign`.
///
/// [LuaState] is an interpreter; [LuaStack] is how a [LuaFunction], a function of Lua written in
/// Java, sees its
/// arguments and hands over results. [Api] are the C functions, the only place that calls them.
///
/// Two rules keep the process alive, since Lua reports an error by `longjmp`:
///
/// - No error is raised by C below a frame of Java. While a [LuaFunction] runs, the allocator
///   refuses nothing, and
///   only functions of the API are called that raise nothing but the lack of memory.
/// - A [LuaFunction] raises its error after it has returned: it leaves the error on the stack and a
///   hook, the C
///   function `lua_error`, that Lua calls on the return from it ([LuaState#raise]).
///
/// Threads: an interpreter belongs to one thread at a time.
@NullMarked
package io.karst.lua.vm;

import org.jspecify.annotations.NullMarked;
