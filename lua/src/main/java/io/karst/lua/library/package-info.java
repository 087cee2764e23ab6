/// The functions of Lua's world that Redis has in C: `cjson`, `cmsgpack`, `struct`, `bit`, a
/// `math.random` that is the same in every run with the same seed,
/// and the few functions of Lua's base library that have to be replaced.
///
/// Each library puts a table of its name into the table on top of the stack it is given.
@NullMarked
package io.karst.lua.library;

import org.jspecify.annotations.NullMarked;
