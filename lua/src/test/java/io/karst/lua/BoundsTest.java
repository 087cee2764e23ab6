package io.karst.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A script that does not end is ended, one that takes too much is refused; the process goes on.
@Timeout(120)
class BoundsTest {
  private final Scripts scripts = new Scripts();

  @AfterEach
  void close() {
    scripts.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "while true do xpcall(function() while true do end end, function() while true do end "
            + "end) end",
        "while true do pcall(redis.call, 'nosuch') end",
        "while true do coroutine.wrap(function() while true do end end)() end",
        "local f f = coroutine.wrap(function() while true do pcall(f) end end) f()",
        "local function f() return f() end f()",
        "while true do load(function() while true do end end) end",
        "repeat local t = setmetatable({}, {__index = function() while true do end end}) local x "
            + "= t.a until false",
        "string.gsub(string.rep('x', 1e7), '.', function() while true do end end)",
        "while true do string.gsub(string.rep('x', 1e5), '.', pcall) end",
        "table.sort({1, 2, 3, 4}, function() while true do end end)",
        "while true do cjson.decode(cjson.encode({1, 2, 3})) end"
      })
  void aRunawayScriptIsEnded(String script) throws InterruptedException {
    BlockingQueue<Reply> result = new ArrayBlockingQueue<>(1);
    Thread runner = Thread.ofPlatform().start(() -> result.add(scripts.reply(script)));
    assertThat(result.poll(20, TimeUnit.MILLISECONDS)).isNull();
    scripts.host.interrupted = true;
    Reply reply = result.poll(60, TimeUnit.SECONDS);
    runner.join();
    assertThat(Scripts.show(reply))
        .startsWith("-ERR Script killed by user with SCRIPT KILL... script: ");
    scripts.host.interrupted = false;
    assertThat(scripts.run("return pcall(function() return 1 end)")).isEqualTo("1");
  }

  /// The run is asked every 2000 instructions; one of these has its last one then.
  @Test
  void anEndThatComesWithTheLastInstructionIsNotTheNextOnesEnd() {
    for (int i = 1900; i < 2000; i++) {
      scripts.host.interrupted = true;
      assertThat(scripts.run("while true do end")).startsWith("-ERR Script killed");
      scripts.run("for i = 1, " + i + " do end");
      scripts.host.interrupted = false;
      assertThat(scripts.run("return 1")).describedAs("after %d", i).isEqualTo("1");
    }
  }

  @Test
  void theEndNamesTheLine() {
    scripts.host.interrupted = true;
    assertThat(Scripts.show(scripts.reply("local a = 1\nwhile true do end")))
        .endsWith(", on @user_script:2.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return string.rep('x', 1e10)",
        "local t = {} while true do t[#t + 1] = {} end",
        "local s = 'x' while true do s = s .. s end",
        "local s = string.rep('x', 1e7) return s..s..s..s..s..s..s..s..s..s",
        "local s = string.rep('x', 1e6) return (string.gsub(s, 'x', s))",
        "local t = {} for i = 1, 1000 do t[i] = string.rep('x', 1e6) .. i end",
        "local s = string.rep('x', 1e6) local t = {} for i = 1, 1000 do t[i] = s end return "
            + "table.concat(t)",
        "local t = {} for i = 1, 100 do t[i] = string.rep('y', 1e6) end return cjson.encode(t)",
        "local t = string.rep('[1],', 2e7) return cjson.decode('[' .. t .. '1]')",
        "local t = {} local i = 0 while true do i = i + 1 t[tostring(i)] = function() return i "
            + "end end",
        "local function f() return coroutine.create(f) end local t = {} while true do t[#t + 1] "
            + "= f() end",
        "while true do local ok = pcall(string.rep, 'x', 1e10) if not ok then error('not enough "
            + "memory') end end"
      })
  void memoryIsBounded(String script) {
    scripts.budget = new Budget(64 << 20);
    assertThat(Scripts.show(scripts.reply(script)))
        .startsWith("-ERR ")
        .contains("not enough memory");
    scripts.budget = Budget.DEFAULT;
    assertThat(scripts.run("return 1")).isEqualTo("1");
  }

  @Test
  void aReplyLargerThanTheBudgetIsRefused() {
    scripts.budget = new Budget(8 << 20);
    scripts.host.commands.put("x", _ -> Reply.bulk(Bytes.of(new byte[16 << 20])));
    assertThat(scripts.run("return redis.call('x')")).contains("not enough memory");
    assertThat(scripts.run("local ok, e = pcall(redis.call, 'x') return e"))
        .contains("not enough memory");
  }

  @Test
  void garbageDoesNotCount() {
    scripts.budget = new Budget(16 << 20);
    assertThat(scripts.run("for i = 1, 300 do local s = string.rep('x', 2^20) .. i end return 1"))
        .isEqualTo("1");
  }

  @Test
  void whatARunTookIsFreeAfterIt() {
    scripts.run("local t = {} for i = 1, 1e6 do t[i] = {} end");
    assertThat(scripts.runtime.idleMemory()).isLessThan(8L << 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local function f() f() end f()",
        "local function f() return 1 + f() end f()",
        "local function f() pcall(f) error('stack overflow') end f()",
        "local function f() return string.gsub('x', 'x', f) end f()",
        "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end "
            + "return t.x",
        "local function f() return coroutine.wrap(f)() end f()",
        "local function f(a, b) return table.sort({1, 2, 3}, f) end f()",
        "local t = {} for i = 1, 1e4 do t = {t} end return cjson.encode(t)",
        "return cjson.decode(string.rep('[', 1e5))",
        "return {unpack({}, 1, 1e7)}",
        "return loadstring(string.rep('(', 1e5))()"
      })
  void depthIsBounded(String script) {
    assertThat(Scripts.show(scripts.reply(script))).startsWith("-ERR ");
    assertThat(scripts.run("return 1")).isEqualTo("1");
  }

  @Test
  void manyRunsAtOnceHaveAnInterpreterEach() throws InterruptedException {
    Map<Integer, String> results = new ConcurrentHashMap<>();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      int number = i;
      threads[i] =
          Thread.ofVirtual()
              .start(() -> {
                for (int j = 0; j < 200; j++) {
                  results.put(
                      number,
                      scripts.run(
                          "local n = 0 for i = 1, 1000 do n = n + ARGV[1] end return n",
                          "" + number));
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (int i = 0; i < threads.length; i++) {
      assertThat(results.get(i)).isEqualTo(Integer.toString(i * 1000));
    }
  }
}
