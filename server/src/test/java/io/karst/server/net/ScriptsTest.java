package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Scripts and functions, as clients see them.
@Timeout(120)
class ScriptsTest {
  private static final String OK = "+OK\r\n";
  private static final String NIL = "$-1\r\n";
  private static final String ATOMIC = "#!lua flags=atomic\n";
  private static final String LOOP = "while true do end";

  private final List<WireClient> clients = new ArrayList<>();
  private WireServer server;
  private WireClient client;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.withAll("io-threads", "2");
    client = connect();
  }

  @AfterEach
  void stop() throws IOException {
    for (WireClient each : clients) {
      each.close();
    }
    server.server.scripting().running().end();
    server.close();
  }

  @Test
  void whatItHasDoneBeforeAnErrorStays() throws IOException {
    String script = "redis.call('SET', KEYS[1], 1) redis.call('INCR', KEYS[2])";
    set("text", "abc");
    assertThat(eval(script, "k", "text")).startsWith("-ERR value is not an integer");
    assertThat(get("k")).isEqualTo("$1\r\n1\r\n");
  }

  @Test
  void eachCallHasItsOwnChance() throws IOException {
    String script = "return tostring(math.random()) .. tostring(math.random())";
    assertThat(List.of(eval(script), eval(script), eval(script))).doesNotHaveDuplicates();
    String seeded = "math.randomseed(7) " + script;
    assertThat(eval(seeded)).isEqualTo(eval(seeded));
  }

  @Test
  void whatHasNoOrderIsSortedForScripts() throws IOException {
    client.ask(request("SADD", "k", "c", "aa", "b", "a", "d"));
    String sort = "return table.concat(redis.call('SORT', KEYS[1], 'BY', 'nothing'), ' ')";
    assertThat(eval(sort, "k")).isEqualTo("$10\r\na aa b c d\r\n");
    assertThat(eval("return redis.call('SORT', KEYS[1], 'BY', 'x', 'LIMIT', 4, 1)[1]", "k"))
        .isEqualTo("$1\r\nd\r\n");
  }

  @Test
  void anErrorUndoesWhatAnAtomicScriptHasDone() throws IOException {
    set("text", "abc");
    set("k", "0");
    String script = ATOMIC + "redis.call('SET', KEYS[1], 1) redis.call('INCR', KEYS[2])";
    assertThat(eval(script, "k", "text")).startsWith("-ERR value is not an integer");
    assertThat(get("k")).isEqualTo("$1\r\n0\r\n");
    assertThat(eval(ATOMIC + "redis.call('SET', KEYS[1], 1) error('no')", "k")).startsWith("-ERR");
    assertThat(get("k")).isEqualTo("$1\r\n0\r\n");
    assertThat(eval(ATOMIC + "redis.call('SET', KEYS[1], 2) return 7", "k")).isEqualTo(":7\r\n");
    assertThat(get("k")).isEqualTo("$1\r\n2\r\n");
    String flush = ATOMIC + "redis.call('SET', KEYS[1], 1) return redis.call('FLUSHALL')";
    assertThat(eval(flush, "k")).startsWith("-ERR This command cannot be undone");
    assertThat(get("k")).isEqualTo("$1\r\n2\r\n");
  }

  @Test
  void aFunctionMayBeAtomic() throws IOException {
    String library =
        "#!lua name=lib\n"
            + "redis.register_function{function_name='f', flags={'atomic'}, callback="
            + "function(keys) redis.call('SET', keys[1], 1) error('no') end}";
    assertThat(client.ask(request("FUNCTION", "LOAD", library))).isEqualTo("$3\r\nlib\r\n");
    assertThat(client.ask(request("FCALL", "F", "1", "k"))).startsWith("-");
    assertThat(get("k")).isEqualTo(NIL);
    assertThat(client.ask(request("FCALL", "F", "k")))
        .isEqualTo("-ERR Bad number of keys provided\r\n");
    assertThat(client.ask(request("FUNCTION", "RESTORE", "x", "FLUSH", "y")))
        .startsWith("-ERR unknown subcommand or wrong number of arguments for 'restore'");
  }

  @Test
  void whatMayPassTheLimitOfMemoryDoes() throws IOException {
    String set = "return redis.call('SET', KEYS[1], string.rep('x', 10000))";
    String passing = "#!lua flags=allow-oom\n" + set;
    server.server.engine().memory().limit(1);
    assertThat(eval(set, "refused")).startsWith("-OOM ");
    assertThat(eval(passing, "k")).isEqualTo("+OK\r\n");
    assertThat(eval(passing, "k")).isEqualTo("+OK\r\n");
    String larger = "return redis.call('SET', KEYS[1], string.rep('x', 100000))";
    assertThat(eval(larger, "again")).startsWith("-OOM ");
    assertThat(client.ask(request("STRLEN", "k"))).isEqualTo(":10000\r\n");
    assertThat(client.ask(request("EXISTS", "refused", "again"))).isEqualTo(":0\r\n");
  }

  @Test
  void keysMayBeUnnamedAndAnywhere() throws IOException {
    String script =
        "for i = 1, 200 do redis.call('SET', 'key' .. i, i) end"
            + " return #redis.call('KEYS', '*')";
    assertThat(eval(script)).isEqualTo(":200\r\n");
    assertThat(eval("redis.call('SELECT', 1) return redis.call('DBSIZE')")).isEqualTo(":0\r\n");
    assertThat(client.ask(request("DBSIZE"))).isEqualTo(":200\r\n");
    assertThat(eval("redis.call('SET', 'a', 1) redis.call('FLUSHALL') redis.call('SET', 'b', 1)"))
        .isEqualTo(NIL);
    assertThat(client.ask(request("DBSIZE"))).isEqualTo(":1\r\n");
  }

  @Test
  void largeValuesChangeInPlaceAndWhole() throws IOException {
    fill("list");
    String move =
        "local v = redis.call('LPOP', KEYS[1]) redis.call('HSET', 'job:' .. v, 'state', 'active')"
            + " redis.call('RPUSH', KEYS[1], v) return v";
    for (int i = 1; i <= 20; i++) {
      assertThat(eval(move, "list")).contains("\r\n" + element(i) + "\r\n");
    }
    assertThat(client.ask(request("LLEN", "list"))).isEqualTo(":2000\r\n");
    assertThat(client.ask(request("HGET", "job:" + element(7), "state")))
        .isEqualTo("$6\r\nactive\r\n");
    assertThat(eval(ATOMIC + "redis.call('DEL', KEYS[1]) error('no')", "list")).startsWith("-");
    assertThat(client.ask(request("LLEN", "list"))).isEqualTo(":2000\r\n");
  }

  @Test
  void nothingOfItIsSeenBeforeItsEnd() throws IOException {
    WireClient waiting = connect();
    waiting.send(request("BLPOP", "queue", "0"));
    await().until(() -> server.server.engine().waiters().count() == 1);
    String script = "redis.call('RPUSH', KEYS[1], 'a') redis.call('DEL', KEYS[1]) return 1";
    assertThat(eval(script, "queue")).isEqualTo(":1\r\n");
    assertThat(waiting.hasHeardNothing()).isTrue();
    assertThat(eval("return redis.call('RPUSH', KEYS[1], 'a', 'b')", "queue")).isEqualTo(":2\r\n");
    assertThat(waiting.reply()).contains("queue").contains("a");
    assertThat(eval("return redis.call('BLPOP', KEYS[1], 0)", "none")).isEqualTo(NIL);
  }

  @Test
  void whoWatchesSeesWhatScriptsWrite() throws IOException {
    set("k", "1");
    client.ask(request("WATCH", "k"));
    assertThat(evalOn(connect(), "return redis.call('INCR', 'k')")).isEqualTo(":2\r\n");
    client.ask(request("MULTI"));
    client.ask(request("GET", "k"));
    assertThat(client.ask(request("EXEC"))).isEqualTo("*-1\r\n");
  }

  @Test
  void aScriptMayBePartOfATransaction() throws IOException {
    client.ask(request("MULTI"));
    client.ask(request("SET", "a", "1"));
    client.ask(request("EVAL", "redis.call('SELECT', 3) return redis.call('SET', 'b', 2)", "0"));
    client.ask(request("EVAL", "return redis.call('INCR', KEYS[1])", "1", "a"));
    client.ask(request("GET", "b"));
    assertThat(client.ask(request("EXEC"))).isEqualTo("*4\r\n" + OK + OK + ":2\r\n" + NIL);
    client.ask(request("MULTI", "ATOMIC"));
    client.ask(request("EVAL", "return redis.call('INCR', 'a')", "0"));
    client.ask(request("EVAL", "return redis.call('FLUSHALL')", "0"));
    assertThat(client.ask(request("EXEC"))).startsWith("-EXECABORT");
    assertThat(get("a")).isEqualTo("$1\r\n2\r\n");
  }

  @Test
  void whoNeedsWhatALongOneHoldsIsToldAndOthersGoOn() throws IOException {
    client.ask(request("CONFIG", "SET", "busy-reply-threshold", "20"));
    set("other", "1");
    WireClient runner = connect();
    runner.send(request("EVAL", "redis.call('SET', KEYS[1], 1) " + LOOP, "1", "held"));
    awaitOverdue();
    assertThat(get("held")).startsWith("-BUSY");
    assertThat(get("other")).isEqualTo("$1\r\n1\r\n");
    assertThat(eval("return redis.call('GET', 'held')")).startsWith("-BUSY");
    assertThat(eval("return redis.call('GET', 'other')")).isEqualTo("$1\r\n1\r\n");
    assertThat(client.ask(request("FLUSHALL"))).startsWith("-BUSY");
    client.ask(request("MULTI"));
    client.ask(request("GET", "held"));
    assertThat(client.ask(request("EXEC"))).startsWith("-EXECABORT").contains("BUSY");
    String unnamed = "redis.call('SET', 'more', 2) return redis.call('GET', 'other')";
    client.ask(request("MULTI"));
    client.ask(request("EVAL", unnamed, "0"));
    assertThat(client.ask(request("EXEC"))).isEqualTo("*1\r\n$1\r\n1\r\n");
    client.ask(request("MULTI", "ATOMIC"));
    client.ask(request("EVAL", unnamed + " .. redis.call('GET', 'held')", "0"));
    assertThat(client.ask(request("EXEC"))).startsWith("-EXECABORT").contains("BUSY");
    assertThat(client.ask(request("FUNCTION", "STATS"))).contains("duration_ms");
    assertThat(client.ask(request("FUNCTION", "KILL"))).startsWith("-BUSY");
    assertThat(client.ask(request("SCRIPT", "KILL"))).isEqualTo(OK);
    assertThat(runner.reply()).contains("Script killed by user with SCRIPT KILL");
    assertThat(get("held")).isEqualTo(NIL);
    assertThat(client.ask(request("SCRIPT", "KILL"))).startsWith("-NOTBUSY");
  }

  @Test
  void aScriptThatCatchesEverythingIsKilledAllTheSame() throws IOException {
    client.ask(request("CONFIG", "SET", "lua-time-limit", "20"));
    WireClient runner = connect();
    runner.send(
        request("EVAL", "while true do pcall(function() redis.call('INCR', 'k') end) end", "0"));
    awaitOverdue();
    assertThat(client.ask(request("SCRIPT", "KILL"))).isEqualTo(OK);
    assertThat(runner.reply()).contains("killed");
    assertThat(get("k")).isEqualTo(NIL);
  }

  @Test
  void whatCannotBeUndoneCannotBeKilled() throws IOException {
    client.ask(request("CONFIG", "SET", "busy-reply-threshold", "20"));
    fill("large");
    WireClient runner = connect();
    runner.send(
        request(
            "EVAL",
            "redis.call('RPUSH', KEYS[1], 1)"
                + " while redis.call('EXISTS', 'stop') == 0 do redis.call('SELECT', 0) end"
                + " return 5",
            "1",
            "large"));
    awaitOverdue();
    assertThat(client.ask(request("SCRIPT", "KILL"))).startsWith("-UNKILLABLE");
    assertThat(get("other")).isEqualTo(NIL);
    assertThat(server.server.scripting().running().all()).hasSize(1);
    runner.close();
    // It never ends by itself: its end is that of the process, with nothing of it kept.
  }

  @Test
  void manyLongOnesRunAtATime() throws IOException {
    client.ask(request("CONFIG", "SET", "busy-reply-threshold", "20"));
    List<WireClient> runners = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      WireClient runner = connect();
      runners.add(runner);
      runner.send(request("EVAL", LOOP, "1", "held" + i));
    }
    await()
        .until(() ->
            server.server.scripting().running().all().stream()
                    .filter(each -> each.overdue())
                    .count()
                == 6);
    set("k", "1");
    assertThat(client.ask(request("SCRIPT", "KILL"))).isEqualTo(OK);
    for (WireClient runner : runners) {
      assertThat(runner.reply()).contains("killed");
    }
  }

  @Test
  void callsAreCountedOnceAndOnlyWhatStays() throws IOException {
    client.ask(request("CONFIG", "RESETSTAT"));
    eval("redis.call('SET', 'a', 1) for i = 1, 100000 do redis.call('GET', 'a') end");
    String stats = client.ask(request("INFO", "commandstats"));
    assertThat(stats).contains("cmdstat_get:calls=100000,").contains("cmdstat_set:calls=1,");
    client.ask(request("CONFIG", "RESETSTAT"));
    eval("return redis.call('INCR', 'a', 'b')");
    eval("redis.pcall('LPUSH', 'a', 'b') return 1");
    eval("return redis.call('LPUSH', 'a', 'b')");
    String errors = client.ask(request("INFO", "errorstats"));
    assertThat(errors).contains("errorstat_ERR:count=1").contains("errorstat_WRONGTYPE:count=2");
  }

  @Test
  void withoutMemoryItEndsWithAnErrorAndTheServerGoesOn() throws IOException {
    assertThat(eval("local t = {} while true do t[#t + 1] = string.rep('x', 100000) .. #t end"))
        .startsWith("-");
    assertThat(client.ask(request("PING"))).isEqualTo("+PONG\r\n");
    assertThat(eval("return 1")).isEqualTo(":1\r\n");
  }

  @Test
  void readOnlyOnesDoNotWrite() throws IOException {
    String script = "return redis.call('SET', KEYS[1], 1)";
    String refused = "-ERR Write commands are not allowed from read-only scripts.";
    assertThat(client.ask(request("EVAL_RO", script, "1", "k"))).startsWith(refused);
    assertThat(eval("#!lua flags=no-writes\n" + script, "k")).startsWith(refused);
    assertThat(client.ask(request("EVAL_RO", "#!lua\nreturn 1", "0")))
        .startsWith("-ERR Can not execute a script with write flag");
    assertThat(client.ask(request("EVAL_RO", "#!lua flags=no-writes\nreturn 1", "0")))
        .isEqualTo(":1\r\n");
  }

  @Test
  void theCacheKeepsWhatIsUsed() throws IOException {
    String kept = client.ask(request("SCRIPT", "LOAD", "return 'kept'"));
    String digest = kept.substring(kept.indexOf('\n') + 1, kept.length() - 2);
    eval("return 'first'");
    for (int i = 0; i < 500; i++) {
      assertThat(eval("return " + i)).isEqualTo(":" + i + "\r\n");
    }
    assertThat(client.ask(request("EVALSHA", digest.toUpperCase(java.util.Locale.ROOT), "0")))
        .isEqualTo("$4\r\nkept\r\n");
    String first = "eaba5a0e2b1e7f7c6a9f0c8f6a8a4f7b2a0b6f5d";
    assertThat(client.ask(request("EVALSHA", first, "0"))).startsWith("-NOSCRIPT");
    assertThat(server.server.scripting().cache().count()).isEqualTo(501);
    assertThat(server.server.scripting().cache().evicted()).isEqualTo(1);
    assertThat(client.ask(request("SCRIPT", "EXISTS", digest, first)))
        .isEqualTo("*2\r\n:1\r\n:0\r\n");
    assertThat(client.ask(request("SCRIPT", "FLUSH", "ASYNC"))).isEqualTo(OK);
    assertThat(client.ask(request("EVALSHA", digest, "0"))).startsWith("-NOSCRIPT");
  }

  @Test
  void theEndOfTheServerIsNotHeldUp() throws IOException {
    WireClient runner = connect();
    runner.send(request("EVAL", "redis.call('SET', 'k', 1) " + LOOP, "0"));
    await().until(() -> !server.server.scripting().running().all().isEmpty());
    server.server.end();
    assertThatThrownBy(runner::reply).isInstanceOf(EOFException.class);
    await().until(() -> server.server.scripting().running().all().isEmpty());
  }

  private void fill(String list) throws IOException {
    String fill =
        "for i = 1, 2000 do redis.call('RPUSH', KEYS[1], string.rep('0', 90) .. i) end return 1";
    assertThat(eval(fill, list)).isEqualTo(":1\r\n");
  }

  private static String element(int number) {
    return "0".repeat(90) + number;
  }

  private void awaitOverdue() {
    await()
        .until(() ->
            server.server.scripting().running().all().stream().anyMatch(each -> each.overdue()));
  }

  private WireClient connect() throws IOException {
    WireClient fresh = server.connect();
    clients.add(fresh);
    return fresh;
  }

  private String eval(String script, String... keys) throws IOException {
    return evalOn(client, script, keys);
  }

  private static String evalOn(WireClient on, String script, String... keys) throws IOException {
    List<String> words = new ArrayList<>(List.of("EVAL", script, "" + keys.length));
    words.addAll(List.of(keys));
    return on.ask(request(words.toArray(String[]::new)));
  }

  private void set(String key, String value) throws IOException {
    assertThat(client.ask(request("SET", key, value))).isEqualTo(OK);
  }

  private String get(String key) throws IOException {
    return client.ask(request("GET", key));
  }
}
