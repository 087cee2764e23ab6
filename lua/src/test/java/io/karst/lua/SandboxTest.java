package io.karst.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.CommandException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a script may not do, and that one leaves nothing behind for the next.
class SandboxTest {
  private static final String READ_ONLY = "-ERR user_script:1: Attempt to modify a readonly table";

  private final Scripts scripts = new Scripts();

  @AfterEach
  void close() {
    scripts.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io",
        "require",
        "dofile",
        "loadfile",
        "package",
        "module",
        "debug",
        "print",
        "newproxy",
        "setfenv",
        "getfenv",
        "java",
        "luajava",
        "undefined"
      })
  void thereIsNo(String name) {
    assertThat(scripts.run("return " + name))
        .isEqualTo(
            "-ERR user_script:1: Script attempted to access nonexistent global variable '"
                + name
                + "'");
  }

  @Test
  void ofOsThereIsTheClockOnly() {
    assertThat(
            scripts.run(
                "local n = 0 for k in pairs(os) do n = n + 1 end return {n, type(os.clock())}"))
        .isEqualTo("[1, \"number\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = 1",
        "_G.x = 1",
        "redis.call = 1",
        "string.rep = nil",
        "math.pi = 3",
        "cjson.x = 1",
        "table.insert = 1",
        "getmetatable('').__index = 1",
        "function f() end",
        "KEYS = 1"
      })
  void whatIsSharedCannotBeWritten(String write) {
    assertThat(scripts.run(write)).isEqualTo(READ_ONLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rawset(_G, 'x', 1)",
        "rawset(redis, 'call', 1)",
        "setmetatable(_G, {})",
        "setmetatable(string, nil)"
      })
  void norByOtherWays(String write) {
    assertThat(scripts.run(write)).isEqualTo("-ERR Attempt to modify a readonly table");
  }

  @Test
  void metatablesOfWhatIsSharedAreOutOfReach() {
    assertThat(scripts.run("return {getmetatable(redis), getmetatable(string)}"))
        .isEqualTo("[nil, nil]");
    assertThat(scripts.run("getmetatable(_G).__index = {}")).isEqualTo(READ_ONLY);
  }

  @Test
  void aTableThatWasWrittenToAllTheSameCostsTheInterpreter() {
    assertThat(scripts.run("table.insert(redis, 'left behind') return #redis")).isEqualTo("1");
    assertThat(scripts.run("return redis[1]")).isEqualTo("nil");
    assertThat(scripts.run("table.insert(_G, 'left behind')")).isEqualTo("nil");
    assertThat(scripts.run("return {rawget(_G, 1)}")).isEqualTo("[]");
  }

  @Test
  void onlyTextIsCompiled() {
    String dumped = "string.dump(function() return 1 end)";
    assertThat(scripts.run("return {loadstring(" + dumped + ")}"))
        .isEqualTo("[]")
        .as("nil and a message");
    assertThat(scripts.run("return select(2, loadstring(" + dumped + "))"))
        .isEqualTo("\"attempt to load a precompiled chunk\"");
    assertThat(
            scripts.run(
                "local s = "
                    + dumped
                    + " local i = 0"
                    + " return select(2, load(function() i = i + 1 return s:sub(i, i) end))"))
        .isEqualTo("\"attempt to load a precompiled chunk\"");
    assertThat(scripts.run("return loadstring('return 1 + ...')(2)")).isEqualTo("3");
    assertThat(
            scripts.run(
                "local t = {'return', ' 7'} return load(function() return table.remove(t, 1) "
                    + "end)()"))
        .isEqualTo("7");
    assertThat(scripts.run("return loadstring('x = 1')()"))
        .contains("Attempt to modify a readonly table");
  }

  @Test
  void aScriptThatIsPrecompiledIsNoScript() {
    assertThatThrownBy(() -> scripts.run("\u001bLuaQ\u0000\u0001\u0004\u0008\u0004\u0008\u0000"))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void tablesThatAreSharedCanBeReadAndWalkedThrough() {
    assertThat(scripts.run("for k, v in pairs(redis) do if k == 'call' then return k end end"))
        .isEqualTo("\"call\"");
    assertThat(
            scripts.run(
                "return {rawget(string, 'rep') == string.rep, next(cjson) ~= nil, _G.redis == "
                    + "redis}"))
        .isEqualTo("[1, 1, 1]");
  }

  @Test
  void aRunLeavesNothingBehind() {
    scripts.run(
        "cjson.encode_max_depth(1) cjson.encode_sparse_array(true) redis.setresp(3) math.random()",
        "a",
        "b");
    assertThat(scripts.run("return {#ARGV, cjson.encode({{{}}}), math.random() .. ''}"))
        .isEqualTo("[0, \"[[{}]]\", \"0.39646477363839\"]");
  }

  @Test
  void chanceIsTheSameInEachRunOfTheSameSeed() {
    String script = "return {math.random(1000), math.random(1000), math.random() .. ''}";
    assertThat(scripts.run(script)).isEqualTo(scripts.run(script));
    String seeded = "math.randomseed(7) " + script;
    assertThat(scripts.run(seeded))
        .isEqualTo(scripts.run(seeded))
        .isNotEqualTo(scripts.run(script));
    Object before = scripts.run(script);
    scripts.host.seed++;
    assertThat(scripts.run(script)).isNotEqualTo(before);
  }

  @Test
  void xpcallHandsTheErrorToItsHandler() {
    assertThat(
            scripts.run(
                "return {xpcall(function() error('x') end, function(e) return 'h ' .. e end)}"))
        .isEqualTo("[nil, \"h user_script:1: x\"]");
    assertThat(
            scripts.run(
                "return {xpcall(function() redis.call('x') end, function(e) return e.err end)}"))
        .isEqualTo("[nil, \"ERR Unknown Redis command called from script\"]");
    assertThat(scripts.run("return {xpcall(function() return 1, 2 end, error)}"))
        .isEqualTo("[1, 1, 2]");
  }
}
