package io.karst.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {
  private final Scripts scripts = new Scripts();

  @AfterEach
  void close() {
    scripts.close();
  }

  @Test
  void keysAndArgumentsAreGlobals() {
    LuaScript script =
        scripts.runtime.compile(Bytes.utf8("return {KEYS[1], ARGV[1], #KEYS, #ARGV}"));
    Reply reply =
        scripts.runtime.run(
            script,
            List.of(Bytes.utf8("k")),
            List.of(Bytes.utf8("a"), Bytes.utf8("b")),
            scripts.host,
            Budget.DEFAULT);
    assertThat(Scripts.show(reply)).isEqualTo("[\"k\", \"a\", 1, 2]");
  }

  @Test
  void commandsGetTheWordsAsTheyAre() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    LuaScript script =
        scripts.runtime.compile(
            Bytes.utf8("redis.call('set', KEYS[1], ARGV[1]) return redis.call('get', KEYS[1])"));
    Bytes bytes = Bytes.of(all);
    Reply reply =
        scripts.runtime.run(script, List.of(bytes), List.of(bytes), scripts.host, Budget.DEFAULT);
    assertThat(reply).isEqualTo(Reply.bulk(bytes));
    assertThat(scripts.host.strings).containsExactlyEntriesOf(Map.of(bytes, bytes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | 1.5",
        "3 | 3",
        "-7 | -7",
        "1e15 | 1000000000000000",
        "0.1 | 0.1",
        "2^53 | 9007199254740992",
        "1e300 | 1e+300",
        "1/0 | inf",
        "-1/0 | -inf"
      })
  void numbersBecomeWords(String number, String word) {
    assertThat(scripts.run("return redis.call('echo', " + number + ")"))
        .isEqualTo('"' + word + '"');
  }

  @Test
  void aWordLongerThanTheSharedArrayArrivesWhole() {
    assertThat(scripts.run("local s = string.rep('ab', 100000) return redis.call('echo', s) == s"))
        .isEqualTo("1");
  }

  @Test
  void callRaisesAndPcallReturnsTheErrorOfACommand() {
    assertThat(scripts.run("return redis.call('nosuch')"))
        .isEqualTo("-ERR Unknown Redis command called from script");
    assertThat(scripts.run("return redis.pcall('nosuch').err"))
        .isEqualTo("\"ERR Unknown Redis command called from script\"");
    assertThat(scripts.run("return {pcall(redis.call, 'nosuch')}"))
        .isEqualTo("[nil, \"ERR Unknown Redis command called from script\"]");
    assertThat(scripts.run("return redis.pcall('nosuch').ignore_error_stats_update"))
        .isEqualTo("1");
  }

  @Test
  void anErrorNamesTheScriptAndTheLine() {
    Reply reply = scripts.reply("local a\n\nreturn redis.call('nosuch')");
    String sha1 =
        scripts.runtime.compile(Bytes.utf8("local a\n\nreturn redis.call('nosuch')")).sha1();
    assertThat(Scripts.show(reply))
        .isEqualTo(
            "-ERR Unknown Redis command called from script script: "
                + sha1
                + ", on @user_script:3.");
  }

  @Test
  void manyErrorsInARowAreCaughtOneByOne() {
    assertThat(
            scripts.run(
                "local n = 0 for i = 1, 10000 do local ok, e = pcall(redis.call, 'nosuch')"
                    + " if not ok and e:find('Unknown') then n = n + 1 end end return n"))
        .isEqualTo("10000");
  }

  @Test
  void errorsPassThroughCoroutinesSortsAndSubstitutions() {
    String expected = "-ERR Unknown Redis command called from script";
    assertThat(scripts.run("return coroutine.wrap(function() redis.call('x') end)()"))
        .isEqualTo(expected);
    assertThat(scripts.run("table.sort({1, 2, 3}, function() redis.call('x') end)"))
        .isEqualTo(expected);
    assertThat(scripts.run("return string.gsub('abc', '.', function() redis.call('x') end)"))
        .isEqualTo(expected);
    assertThat(
            scripts.run(
                "local t = setmetatable({}, {__index = function() redis.call('x') end}) return "
                    + "t.a"))
        .isEqualTo(expected);
  }

  @Test
  void whatTheHostThrowsEndsTheRunAndComesOut() {
    scripts.host.commands.put(
        "boom",
        _ -> {
          throw new IllegalStateException("boom");
        });
    assertThatThrownBy(
            () -> scripts.run("pcall(redis.call, 'boom') return pcall(redis.call, 'boom')"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("boom");
    assertThat(scripts.run("return 1")).isEqualTo("1");
  }

  @Test
  void theHostHearsOfLogsReplicationAndProtocol() {
    scripts.run(
        "redis.log(redis.LOG_WARNING, 'a', 1, 'b') redis.set_repl(redis.REPL_AOF) "
            + "redis.setresp(3)");
    assertThat(scripts.host.log).containsExactly("WARNING a 1 b");
    assertThat(scripts.host.replication).containsExactly("true false");
    assertThat(scripts.host.protocol).isEqualTo(3);
  }

  @Test
  void accessIsAskedOfTheHost() {
    assertThat(
            scripts.run(
                "return {redis.acl_check_cmd('get', 'a'), redis.acl_check_cmd('FLUSHALL')}"))
        .isEqualTo("[1, nil]");
    assertThat(scripts.run("redis.acl_check_cmd('NOSUCH')"))
        .isEqualTo("-ERR Invalid command passed to redis.acl_check_cmd()");
  }

  @Test
  void serverIsAnotherNameOfRedis() {
    assertThat(scripts.run("return server.call == redis.call and server.sha1hex('')"))
        .isEqualTo("\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"");
  }

  @Test
  void aScriptThatDoesNotCompileIsRefused() {
    assertThatThrownBy(() -> scripts.runtime.compile(Bytes.utf8("x y")))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "ERR Error compiling script (new function): user_script:1: '=' expected near 'y'");
  }

  @Test
  void theFirstLineMayNameFlags() {
    LuaScript script =
        scripts.runtime.compile(Bytes.utf8("#!lua flags=no-writes,allow-stale\nreturn 1"));
    assertThat(script.declared()).isTrue();
    assertThat(script.flags())
        .containsExactlyInAnyOrder(ScriptFlag.NO_WRITES, ScriptFlag.ALLOW_STALE);
    assertThat(scripts.run("#!lua\nreturn 2")).isEqualTo("2");
    assertThatThrownBy(() -> scripts.runtime.compile(Bytes.utf8("#!lua flags=x\nreturn 1")))
        .hasMessage("ERR Unexpected flag in script shebang: x");
    assertThatThrownBy(() -> scripts.runtime.compile(Bytes.utf8("#!perl\nreturn 1")))
        .hasMessage("ERR Unexpected engine in script shebang: #!perl");
  }
}
