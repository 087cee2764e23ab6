package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorTest {
  @Test
  void commandsAreShownHoweverTheyRun() throws IOException {
    try (WireServer server = WireServer.withAll("io-threads", "2");
        WireClient monitor = server.connect();
        WireClient client = server.connect()) {
      assertThat(monitor.ask(request("MONITOR"))).isEqualTo("+OK\r\n");
      client.send(request("SET", "a", "1") + request("GET", "a") + request("SELECT", "2"));
      client.send(request("KEYS", "*") + request("MULTI") + request("INCR", "b"));
      client.send(request("EXEC") + request("BLPOP", "none", "0.01") + request("NONSENSE"));
      client.send(request("AUTH", "secret") + request("CONFIG", "GET", "port"));
      client.send(request("ECHO", "end"));
      for (int i = 0; i < 12; i++) {
        client.reply();
      }
      assertThat(shown(monitor, "\"ECHO\" \"end\""))
          .containsExactly(
              "0 \"SET\" \"a\" \"1\"",
              "0 \"GET\" \"a\"",
              "0 \"SELECT\" \"2\"",
              "2 \"KEYS\" \"*\"",
              "2 \"MULTI\"",
              "2 \"INCR\" \"b\"",
              "2 \"EXEC\"",
              "2 \"BLPOP\" \"none\" \"0.01\"",
              "2 \"AUTH\" \"(redacted)\"",
              "2 \"ECHO\" \"end\"");
    }
  }

  @Test
  void whatScriptsCallIsShownBehindThem() throws IOException {
    String script = "redis.call('SET', KEYS[1], ARGV[1]); return redis.call('GET', KEYS[1])";
    String sha = "redis.call('SELECT', 3); redis.call('AUTH', 'x')";
    try (WireServer server = WireServer.withAll();
        WireClient monitor = server.connect();
        WireClient client = server.connect()) {
      monitor.ask(request("MONITOR"));
      assertThat(client.ask(request("EVAL", script, "1", "k", "v"))).isEqualTo("$1\r\nv\r\n");
      client.send(request("MULTI") + request("EVAL", script, "1", "k", "w") + request("EXEC"));
      client.send(request("EVAL", sha, "0") + request("ECHO", "end"));
      for (int i = 0; i < 5; i++) {
        client.reply();
      }
      assertThat(shown(monitor, "\"ECHO\" \"end\""))
          .containsExactly(
              "0 \"EVAL\" \"" + script + "\" \"1\" \"k\" \"v\"",
              "0 lua \"SET\" \"k\" \"v\"",
              "0 lua \"GET\" \"k\"",
              "0 \"MULTI\"",
              "0 \"EVAL\" \"" + script + "\" \"1\" \"k\" \"w\"",
              "0 lua \"SET\" \"k\" \"w\"",
              "0 lua \"GET\" \"k\"",
              "0 \"EXEC\"",
              "0 \"EVAL\" \"" + sha + "\" \"0\"",
              "0 lua \"SELECT\" \"3\"",
              "0 \"ECHO\" \"end\"");
    }
  }

  @Test
  void whoGoesIsForgotten() throws IOException {
    try (WireServer server = WireServer.withAll();
        WireClient client = server.connect()) {
      try (WireClient monitor = server.connect();
          WireClient resets = server.connect()) {
        monitor.ask(request("MONITOR"));
        resets.ask(request("MONITOR"));
        assertThat(server.server.monitors().count()).isEqualTo(2);
        assertThat(client.ask(request("CLIENT", "LIST", "FLAGS", "O")).split(" flags=O "))
            .hasSize(3);
        resets.send(request("RESET"));
        while (!resets.reply().equals("+RESET\r\n")) {
          // What was shown before.
        }
        assertThat(server.server.monitors().count()).isEqualTo(1);
      }
      while (server.server.monitors().any()) {
        client.ask(request("PING"));
      }
      assertThat(client.ask(request("GET", "a"))).isEqualTo("$-1\r\n");
    }
  }

  @Test
  void oneThatDoesNotTakeWhatItIsShownIsCutOff() throws IOException {
    try (WireServer server = WireServer.withAll("client-output-buffer-limit", "pubsub 1mb 0 0");
        WireClient monitor = server.connect();
        WireClient client = server.connect()) {
      monitor.ask(request("MONITOR"));
      String value = "x".repeat(100_000);
      while (server.server.monitors().any()) {
        client.ask(request("SET", "a", value));
      }
      assertThat(client.ask(request("INFO", "stats")))
          .contains("client_output_buffer_limit_disconnections:1\r\n");
    }
  }

  /// Databases and words of what is shown, up to a line that ends with `last`.
  private static List<String> shown(WireClient monitor, String last) throws IOException {
    List<String> lines = new ArrayList<>();
    do {
      String line = monitor.reply().strip();
      assertThat(line).matches("\\+\\d{10}\\.\\d{6} \\[\\d+ (127\\.0\\.0\\.1:\\d+|lua)] \".*");
      int bracket = line.indexOf('[');
      String database = line.substring(bracket + 1, line.indexOf(' ', bracket));
      String source = line.contains(" lua]") ? " lua" : "";
      lines.add(database + source + line.substring(line.indexOf(']') + 1));
    } while (!lines.getLast().endsWith(last));
    return lines;
  }
}
