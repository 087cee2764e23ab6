package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What commands took, as operators see it.
class SlowLogTest {
  @Test
  void everyCommandOfAPipelineIsTimedByItselfIfTheThresholdIsLow() throws IOException {
    try (WireServer server = WireServer.withAll("slowlog-log-slower-than", "0");
        WireClient client = server.connect()) {
      client.send(request("SET", "a", "1") + request("GET", "a") + request("LPUSH", "l", "x"));
      for (int i = 0; i < 3; i++) {
        client.reply();
      }
      assertThat(names(client)).containsExactly("LPUSH", "GET", "SET");
    }
  }

  @Test
  void aSlowCommandIsFoundAmongFastOnes() throws IOException {
    try (WireServer server = WireServer.withAll("slowlog-log-slower-than", "30000");
        WireClient client = server.connect()) {
      client.send(request("SET", "a", "1") + request("DEBUG", "SLEEP", "0.05"));
      client.reply();
      client.reply();
      String entries = client.ask(request("SLOWLOG", "GET"));
      assertThat(entries).contains("DEBUG", "SLEEP", "0.05");
    }
  }

  @Test
  void aTransactionIsEnteredByItsCommands() throws IOException {
    try (WireServer server = WireServer.withAll("slowlog-log-slower-than", "0");
        WireClient client = server.connect()) {
      client.ask(request("MULTI"));
      client.ask(request("SET", "a", "1"));
      client.ask(request("INCR", "a"));
      client.ask(request("EXEC"));
      assertThat(names(client)).containsExactly("INCR", "SET", "MULTI");
    }
  }

  @Test
  void aScriptIsEnteredAfterTheCommandsItCalls() throws IOException {
    try (WireServer server = WireServer.withAll("slowlog-log-slower-than", "0");
        WireClient client = server.connect()) {
      client.ask(request("EVAL", "redis.call('SET', 'a', '1') redis.call('INCR', 'a')", "0"));
      assertThat(names(client)).containsExactly("EVAL", "INCR", "SET");
      client.ask(request("SLOWLOG", "RESET"));
      client.ask(request("MULTI"));
      client.ask(request("EVAL", "redis.call('DECR', KEYS[1])", "1", "a"));
      client.ask(request("EXEC"));
      assertThat(names(client)).contains("DECR", "EVAL");
      assertThat(client.ask(request("SLOWLOG", "GET"))).contains("$4\r\nDECR\r\n$1\r\na\r\n");
    }
  }

  @Test
  void aCommandThatWaitedIsEnteredOnceItIsAnswered() throws IOException {
    try (WireServer server = WireServer.withAll("slowlog-log-slower-than", "0");
        WireClient client = server.connect()) {
      client.ask(request("BLPOP", "none", "0.01"));
      assertThat(names(client)).containsExactly("BLPOP");
      assertThat(client.ask(request("INFO", "commandstats"))).contains("cmdstat_blpop:calls=1,");
      assertThat(client.ask(request("LATENCY", "HISTOGRAM", "blpop"))).contains("calls\r\n:1\r\n");
    }
  }

  @Test
  void secretsAreLeftOut() throws IOException {
    try (WireServer server = WireServer.withAll("slowlog-log-slower-than", "0");
        WireClient client = server.connect()) {
      client.ask(request("AUTH", "secret-one"));
      client.ask(request("CONFIG", "SET", "requirepass", "secret-two"));
      client.ask(request("CONFIG", "SET", "requirepass", ""));
      assertThat(client.ask(request("SLOWLOG", "GET", "-1")))
          .contains("(redacted)")
          .doesNotContain("secret-one", "secret-two");
    }
  }

  @Test
  void theLogKeepsWhatItMayAndForgetsOnRequest() throws IOException {
    try (WireServer server =
            WireServer.withAll("slowlog-log-slower-than", "0", "slowlog-max-len", "5");
        WireClient client = server.connect()) {
      for (int i = 0; i < 20; i++) {
        client.ask(request("PING"));
      }
      assertThat(client.ask(request("SLOWLOG", "LEN"))).isEqualTo(":5\r\n");
      client.ask(request("CONFIG", "SET", "slowlog-log-slower-than", "-1"));
      client.ask(request("SLOWLOG", "RESET"));
      assertThat(client.ask(request("SLOWLOG", "LEN"))).isEqualTo(":0\r\n");
      assertThat(client.ask(request("SLOWLOG", "GET", "-2"))).startsWith("-ERR count should be");
    }
  }

  @Test
  void everyCallIsInTheHistogram() throws IOException {
    try (WireServer server = WireServer.withAll();
        WireClient client = server.connect()) {
      client.send(request("SET", "a", "1").repeat(100) + request("PING"));
      IntStream.range(0, 101).forEach(i -> assertThat(read(client)).startsWith("+"));
      String times = client.ask(request("LATENCY", "HISTOGRAM", "set", "nothing"));
      assertThat(times).startsWith("*2\r\n$3\r\nset\r\n").contains("$5\r\ncalls\r\n:100\r\n");
      assertThat(client.ask(request("INFO", "latencystats")))
          .contains("latency_percentiles_usec_set:p50=");
      client.ask(request("CONFIG", "RESETSTAT"));
      assertThat(client.ask(request("LATENCY", "HISTOGRAM", "set"))).isEqualTo("*0\r\n");
    }
  }

  @Test
  void slowCommandsAreEventsByTheirNature() throws IOException {
    try (WireServer server = WireServer.withAll("latency-monitor-threshold", "20");
        WireClient client = server.connect()) {
      client.ask(request("DEBUG", "SLEEP", "0.03"));
      assertThat(client.ask(request("LATENCY", "LATEST"))).contains("$7\r\ncommand\r\n");
      assertThat(client.ask(request("LATENCY", "HISTORY", "command"))).startsWith("*1\r\n");
      assertThat(client.ask(request("LATENCY", "GRAPH", "none"))).startsWith("-ERR No samples");
      assertThat(client.ask(request("LATENCY", "RESET", "command"))).isEqualTo(":1\r\n");
    }
  }

  private static String read(WireClient client) {
    try {
      return client.reply();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The names of the commands in the slow log, the latest first.
  private static List<String> names(WireClient client) throws IOException {
    String[] lines = client.ask(request("SLOWLOG", "GET", "-1")).split("\r\n", -1);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].equals("*6")) {
        names.add(lines[i + 6]); // Behind three numbers, the count of words and a length.
      }
    }
    return names;
  }
}
