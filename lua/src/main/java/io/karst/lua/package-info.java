/// Scripts and functions in Lua 5.1, without knowledge of sessions, locks or keys.
///
/// [LuaRuntime] is the way in: it compiles a [LuaScript], loads a [LuaLibrary] and runs both. What
/// a script asks for goes to a
/// [Host]; what it takes is bounded by a [Budget].
///
/// Inside: an [Interpreter] is one Lua with the [Sandbox] scripts live in; [RedisApi] is the table
/// `redis`;
/// [ReplyToLua] and [LuaToReply] are the two conversions. The library functions of C's making
/// (`cjson`, `cmsgpack`, `struct`, `bit`)
/// are in [io.karst.lua.library], Lua itself in [io.karst.lua.vm].
///
/// Threads: a [LuaRuntime] is shared; each run borrows an interpreter for itself.
@NullMarked
package io.karst.lua;

import org.jspecify.annotations.NullMarked;
