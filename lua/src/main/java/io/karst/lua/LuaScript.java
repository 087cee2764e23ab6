package io.karst.lua;

import io.karst.base.Bytes;
import java.util.Set;

/// A script that compiles.
///
/// - `sha1`: of the whole body, 40 hexadecimal digits in lower case.
/// - `declared`: whether it begins with `#!`; one that does not is of Redis's older kind, whose
///   flags are those of compatibility.
public record LuaScript(Bytes body, String sha1, boolean declared, Set<ScriptFlag> flags) {}
