package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HotKeysTest {
  @Test
  void keysAreFoundWhereverTheirCommandsRun() throws IOException {
    try (WireServer server = WireServer.withAll();
        WireClient client = server.connect()) {
      assertThat(client.ask(request("HOTKEYS", "GET"))).isEqualTo("$-1\r\n");
      assertThat(client.ask(request("HOTKEYS", "START", "METRICS", "2", "CPU", "NET")))
          .isEqualTo("+OK\r\n");
      assertThat(client.ask(request("HOTKEYS", "START", "METRICS", "1", "CPU")))
          .startsWith("-ERR hotkeys tracking session already");
      client.send(request("SET", "grouped", "x".repeat(1000)) + request("GET", "grouped"));
      client.reply();
      client.reply();
      client.ask(request("SORT", "elsewhere", "BY", "a*"));
      client.ask(request("MULTI"));
      client.ask(request("INCR", "queued"));
      client.ask(request("EXEC"));
      String found = client.ask(request("HOTKEYS", "GET"));
      assertThat(found)
          .contains("tracking-active\r\n:1\r\n", "by-cpu-time-us", "by-net-bytes")
          .contains("\r\ngrouped\r\n", "\r\nelsewhere\r\n", "\r\nqueued\r\n");
      String traffic = found.substring(found.indexOf("by-net-bytes"));
      assertThat(traffic).containsPattern("^by-net-bytes\r\n\\*6\r\n\\$7\r\ngrouped\r\n:20\\d\\d");
    }
  }

  @Test
  void whatWasFoundStaysUntilItIsForgotten() throws IOException {
    try (WireServer server = WireServer.withAll();
        WireClient client = server.connect()) {
      client.ask(request("HOTKEYS", "START", "METRICS", "1", "NET", "COUNT", "1"));
      assertThat(client.ask(request("HOTKEYS", "RESET"))).startsWith("-ERR");
      client.ask(request("SET", "a", "1"));
      assertThat(client.ask(request("HOTKEYS", "STOP"))).isEqualTo("+OK\r\n");
      client.ask(request("SET", "b", "x".repeat(100)));
      assertThat(client.ask(request("HOTKEYS", "GET")))
          .contains("tracking-active\r\n:0\r\n", "by-net-bytes\r\n*2\r\n$1\r\na\r\n")
          .doesNotContain("by-cpu-time-us");
      assertThat(client.ask(request("HOTKEYS", "RESET"))).isEqualTo("+OK\r\n");
      assertThat(client.ask(request("HOTKEYS", "GET"))).isEqualTo("$-1\r\n");
    }
  }

  @Test
  void wrongWordsStartNothing() throws IOException {
    try (WireServer server = WireServer.withAll();
        WireClient client = server.connect()) {
      for (String words :
          new String[] {
            "COUNT 1 CPU",
            "METRICS 2 CPU",
            "METRICS 1 CPU NET",
            "METRICS 1 CPU COUNT 65",
            "METRICS 1 CPU SAMPLE 0",
            "METRICS 1 CPU SLOTS 2 5",
            "METRICS 1 CPU SLOTS 1 16384",
            "METRICS 1 CPU FOO 1"
          }) {
        assertThat(client.ask(request(("HOTKEYS START " + words).split(" ", -1))))
            .as(words)
            .startsWith("-ERR");
      }
      assertThat(client.ask(request("HOTKEYS", "GET"))).isEqualTo("$-1\r\n");
    }
  }
}
