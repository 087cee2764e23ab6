package io.karst.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Libraries of functions.
class FunctionsTest {
  private final Scripts scripts = new Scripts();

  @AfterEach
  void close() {
    scripts.close();
  }

  private LuaLibrary load(String code) {
    return scripts.runtime.load(Bytes.utf8(code), scripts.host, Budget.DEFAULT);
  }

  private String call(LuaLibrary library, String function) {
    Reply reply =
        scripts.runtime.call(
            library,
            function,
            List.of(Bytes.utf8("k")),
            List.of(Bytes.utf8("a"), Bytes.utf8("b")),
            scripts.host,
            Budget.DEFAULT);
    return Scripts.show(reply);
  }

  @Test
  void aLibraryRegistersFunctionsInBothForms() {
    LuaLibrary library =
        load(
            """
            #!lua name=mine
            redis.register_function('plain', function(keys, args) return {keys[1], args[2]} end)
            redis.register_function{
              function_name = 'named', description = 'says', flags = {'no-writes', 'allow-oom'},
              callback = function(keys, args) return redis.call('echo', #args) end}
            """);
    assertThat(library.name()).isEqualTo("mine");
    assertThat(library.functions())
        .extracting(LuaLibrary.Function::name)
        .containsExactlyInAnyOrder("plain", "named");
    assertThat(library.functions())
        .filteredOn(function -> function.name().equals("named"))
        .singleElement()
        .satisfies(function -> {
          assertThat(function.description()).isEqualTo("says");
          assertThat(function.flags())
              .containsExactlyInAnyOrder(ScriptFlag.NO_WRITES, ScriptFlag.ALLOW_OOM);
        });
    assertThat(call(library, "plain")).isEqualTo("[\"k\", \"b\"]");
    assertThat(call(library, "named")).isEqualTo("\"2\"");
  }

  @Test
  void anotherInterpreterLoadsTheLibraryForItself() {
    LuaLibrary library =
        load("#!lua name=l\nredis.register_function('f', function() return 5 end)");
    scripts.runtime.flush();
    assertThat(call(library, "f")).isEqualTo("5");
  }

  @Test
  void functionsSeeNoGlobalsOfScripts() {
    LuaLibrary library =
        load("#!lua name=l\nredis.register_function('f', function() return KEYS end)");
    scripts.run("return KEYS");
    assertThat(call(library, "f"))
        .isEqualTo(
            "-ERR user_function:2: Script attempted to access nonexistent global variable 'KEYS'"
                + " script: f, on @user_function:2.");
  }

  @Test
  void aReferenceToTheTableRedisTakenWhileLoadingCanDoAllLater() {
    LuaLibrary library =
        load(
            "#!lua name=l\nlocal r = redis"
                + " redis.register_function('f', function() return r.call('echo', 'x') end)");
    assertThat(call(library, "f")).isEqualTo("\"x\"");
    assertThat(scripts.run("return redis.register_function")).isEqualTo("nil");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "redis.call('x') | user_function:2: Script attempted to access nonexistent global "
            + "variable 'call'",
        "x = 1 | user_function:2: Attempt to modify a readonly table",
        "redis.register_function('a') | calling redis.register_function with a single argument "
            + "is only applicable to Lua table (representing named arguments).",
        "redis.register_function() | wrong number of arguments to redis.register_function",
        "redis.register_function(1, 2) | first argument to redis.register_function must be a "
            + "string",
        "redis.register_function('a', 2) | second argument to redis.register_function must be a "
            + "function",
        "redis.register_function{callback = function() end} | redis.register_function must get a "
            + "function name argument",
        "redis.register_function{function_name = 'a'} | redis.register_function must get a "
            + "callback argument",
        "redis.register_function{x = 1} | unknown argument given to redis.register_function",
        "redis.register_function{function_name = 'a', callback = function() end, flags = {'x'}} "
            + "| unknown flag given"
      })
  void aLibraryThatDoesNotLoadSaysWhy(String code, String why) {
    assertThatThrownBy(() -> load("#!lua name=l\n" + code))
        .isInstanceOf(CommandException.class)
        .hasMessage("ERR Error registering functions: ERR " + why);
  }

  @Test
  void theLoadingOfALibraryIsBounded() {
    scripts.host.interrupted = true;
    assertThatThrownBy(() -> load("#!lua name=l\nwhile true do end"))
        .isInstanceOf(CommandException.class)
        .hasMessage("ERR Error registering functions: FUNCTION LOAD timeout");
    scripts.host.interrupted = false;
    assertThat(scripts.run("return redis.call('echo', 'x')")).isEqualTo("\"x\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return 1 | Missing library metadata",
        "#!lua | Library name was not given",
        "#!lua name=a-b | Library names can only contain letters, numbers, or underscores(_) and "
            + "must be at least one character long",
        "#!perl name=a | Engine 'perl' not found",
        "#!lua x=a | Invalid metadata value given: x=a",
        "#!lua name=a | No functions registered"
      })
  void aLibraryNamesItself(String code, String why) {
    assertThatThrownBy(() -> load(code)).hasMessage("ERR " + why);
  }

  @Test
  void aLibraryThatDoesNotCompileIsRefused() {
    assertThatThrownBy(() -> load("#!lua name=l\nx y"))
        .hasMessage("ERR Error compiling function: user_function:2: '=' expected near 'y'");
  }
}
