/// Scripts and functions as the server keeps them: the cache of `EVAL`, the libraries of functions,
/// and what runs just now. How they run is in `session`, what they are written in is Lua.
@NullMarked
package io.karst.server.scripts;

import org.jspecify.annotations.NullMarked;
