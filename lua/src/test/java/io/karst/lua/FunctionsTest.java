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
  void theTableRedisThatThereIsWhileLoadingIsAnotherOne() {
    LuaLibrary library =
        load(
            """
            #!lua name=l
            local r = redis
            redis.register_function('f', function() return r.call('echo', 'x') end)
            redis.register_function('g', function() return r.register_function('h', print) end)
            redis.register_function('k', function() return redis.call('echo', 'x') end)
            """);
    assertThat(call(library, "f")).contains("nonexistent global variable 'call'");
    assertThat(call(library, "g")).contains("nonexistent global variable 'print'");
    assertThat(call(library, "k")).isEqualTo("\"x\"");
    assertThat(scripts.run("return redis.register_function")).isEqualTo("nil");
  }

  @Test
  void whileLoadingNothingCanBeReachedButWhatRegistersAndLogs() {
    assertThatThrownBy(() -> load("#!lua name=l\nlocal n = math.random()"))
        .hasMessageContaining("nonexistent global variable 'math'");
    assertThatThrownBy(() -> load("#!lua name=l\nlocal n = getmetatable(_G)"))
        .hasMessageContaining("nonexistent global variable 'getmetatable'");
    assertThatThrownBy(() -> load("#!lua name=l\nredis.sha1hex('')"))
        .hasMessageContaining("nonexistent global variable 'sha1hex'");
    load(
        """
        #!lua name=l
        server.log(redis.LOG_DEBUG, server.REDIS_VERSION)
        redis.register_function('f', function() return math.floor(1) end)
        """);
  }

  @Test
  void nothingIsRegisteredLater() {
    LuaLibrary library =
        load(
            """
            #!lua name=l
            local r = redis
            local function one() return 1 end
            redis.register_function('f', function() r.register_function('g', one) end)
            """);
    assertThat(call(library, "f")).contains("can only be called on FUNCTION LOAD command");
  }

  @Test
  void theNameOfALibraryMayBeQuoted() {
    String rest = "\nredis.register_function('f', function() return 1 end)";
    assertThat(load("#!lua name=\"l\"" + rest).name()).isEqualTo("l");
    assertThat(load("#!lua name='l'" + rest).name()).isEqualTo("l");
    assertThatThrownBy(() -> load("#!lua name=\"l" + rest))
        .hasMessageContaining("Library names can only contain");
    assertThatThrownBy(() -> load("#! name=l" + rest)).hasMessageContaining("Engine '' not found");
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
