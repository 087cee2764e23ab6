package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.CommandLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `CHANGES FOLLOW`, as its clients see it.
class FollowTest {
  private static final String OK = "+OK\r\n";
  private static final Pattern NEXT = Pattern.compile(">3\r\n\\$7\r\nchanges\r\n:(\\d+)\r\n");
  private static final Pattern KEY = Pattern.compile("\r\n(k\\d+)\r\n");

  private RunningServer server;
  private WireClient writer;
  private WireClient follower;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    List<String> options =
        List.of("--port", "0", "--bind", "127.0.0.1", "--dir", folder.toString(), "--save", "");
    server = RunningServer.open(CommandLine.parse(options).config(), Clock.system());
    writer = connect();
    follower = connect();
    assertThat(follower.ask(request("HELLO", "3"))).startsWith("%");
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(server.end()).isTrue();
    writer.close();
    follower.close();
  }

  private WireClient connect() throws IOException {
    return new WireClient(server.server().port());
  }

  private static long next(String push) {
    Matcher matcher = NEXT.matcher(push);
    assertThat(matcher.lookingAt()).as(push).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static void keys(String push, List<String> to) {
    Matcher matcher = KEY.matcher(push);
    int from = 0;
    while (matcher.find(from)) {
      to.add(matcher.group(1));
      from = matcher.end() - 2;
    }
  }

  private void set(int number) throws IOException {
    assertThat(writer.ask(request("SET", "k" + number, "v"))).isEqualTo(OK);
  }

  /// Hears of so many changes of keys; returns where to go on.
  private long hear(int count, List<String> heard) throws IOException {
    long next = 0;
    while (heard.size() < count) {
      String push = follower.reply();
      next = next(push);
      keys(push, heard);
    }
    return next;
  }

  @Test
  void changesArePushedAsTheyHappen() throws IOException {
    set(0);
    String begin = follower.ask(request("CHANGES", "FOLLOW", "-"));
    assertThat(begin).startsWith(":");
    List<String> heard = new ArrayList<>();
    hear(1, heard);
    writer.ask(request("MULTI"));
    writer.ask(request("SET", "k1", "v"));
    writer.ask(request("SET", "k2", "v"));
    writer.ask(request("EXEC"));
    String push = follower.reply();
    keys(push, heard);
    assertThat(heard).containsExactly("k0", "k1", "k2");
    long next = next(push);
    assertThat(writer.ask(request("CHANGES", "FROM", Long.toString(next)))).endsWith("*0\r\n");
    assertThat(follower.ask(request("PING"))).isEqualTo("+PONG\r\n");
    String same = writer.ask(request("CHANGES", "FROM", begin.substring(1).strip()));
    assertThat(same).contains(push.substring(push.lastIndexOf("*3\r\n:")));
  }

  @Test
  void nothingIsPushedBehindTheEndAndNothingIsMissedAfterIt() throws IOException {
    List<String> heard = new ArrayList<>();
    follower.ask(request("CHANGES", "FOLLOW", "$"));
    long next = 0;
    for (int i = 0; i < 300; i++) {
      set(i);
      if (i % 10 == 9) {
        follower.send(request("CHANGES", "STOP"));
        String reply = follower.reply();
        while (reply.startsWith(">")) {
          next = next(reply);
          keys(reply, heard);
          reply = follower.reply();
        }
        assertThat(reply).isEqualTo(":1\r\n");
        assertThat(follower.ask(request("CHANGES", "STOP"))).isEqualTo(":0\r\n");
        String from = next == 0 ? "-" : Long.toString(next);
        assertThat(follower.ask(request("CHANGES", "FOLLOW", from))).startsWith(":");
      }
    }
    hear(300, heard);
    assertThat(heard).hasSize(300).doesNotHaveDuplicates();
  }

  @Test
  void onlyWhatBeginsSoIsPushed() throws IOException {
    follower.ask(request("CHANGES", "FOLLOW", "$", "PREFIX", "k1", "PREFIX", "k3"));
    for (int i = 0; i < 4; i++) {
      set(i);
    }
    List<String> heard = new ArrayList<>();
    hear(2, heard);
    assertThat(heard).containsExactly("k1", "k3");
    writer.ask(request("FLUSHDB"));
    assertThat(follower.reply()).contains("FLUSHDB");
  }

  @Test
  void whoCannotFollowIsTold() throws IOException {
    assertThat(writer.ask(request("CHANGES", "FOLLOW", "-"))).startsWith("-ERR CHANGES FOLLOW");
    assertThat(follower.ask(request("CHANGES", "FOLLOW", "7")))
        .isEqualTo("-ERR no change begins at LSN 7\r\n");
    assertThat(follower.ask(request("CHANGES", "FOLLOW", "-", "COUNT", "1")))
        .isEqualTo("-ERR syntax error\r\n");
    assertThat(follower.ask(request("EVAL", "return redis.call('CHANGES', 'FOLLOW', '-')", "0")))
        .startsWith("-ERR This Redis command is not allowed from script");
    assertThat(follower.ask(request("MULTI"))).isEqualTo(OK);
    assertThat(follower.ask(request("CHANGES", "FOLLOW", "-"))).startsWith("-ERR Command not");
    assertThat(follower.ask(request("DISCARD"))).isEqualTo(OK);
    assertThat(follower.ask(request("CHANGES", "FOLLOW", "$"))).startsWith(":");
    assertThat(follower.ask(request("CHANGES", "FOLLOW", "$"))).startsWith("-ERR this connection");
  }

  @Test
  void aListOfClientsShowsWhoFollowsUntilHeResets() throws IOException {
    follower.ask(request("CHANGES", "FOLLOW", "$"));
    assertThat(writer.ask(request("CLIENT", "LIST"))).contains("cmd=changes|follow", " flags=F ");
    assertThat(writer.ask(request("CLIENT", "LIST", "FLAGS", "F"))).contains(" flags=F ");
    assertThat(follower.ask(request("HELLO", "2"))).startsWith("*");
    assertThat(writer.ask(request("CLIENT", "LIST"))).doesNotContain(" flags=F ");
    follower.ask(request("HELLO", "3"));
    follower.ask(request("CHANGES", "FOLLOW", "$"));
    assertThat(follower.ask(request("RESET"))).isEqualTo("+RESET\r\n");
    assertThat(writer.ask(request("CLIENT", "LIST"))).doesNotContain(" flags=F ");
    set(1);
    assertThat(follower.ask(request("PING"))).isEqualTo("+PONG\r\n");
    await().until(() -> server.server().tasks().awaitNone(1));
  }

  @Test
  void aSlowOneIsReadOnForWhenItHasRoom() throws IOException {
    follower.ask(request("CHANGES", "FOLLOW", "$"));
    String value = "x".repeat(100_000);
    for (int i = 0; i < 400; i++) {
      assertThat(writer.ask(request("SET", "k" + i, value))).isEqualTo(OK);
    }
    String line = writer.ask(request("CLIENT", "LIST", "FLAGS", "F"));
    Matcher output = Pattern.compile(" omem=(\\d+) ").matcher(line);
    assertThat(output.find()).isTrue();
    assertThat(Long.parseLong(output.group(1))).isLessThan(2 << 20);
    List<String> heard = new ArrayList<>();
    hear(400, heard);
    assertThat(heard).hasSize(400).doesNotHaveDuplicates();
  }

  @Test
  void whoIsOvertakenByRetentionIsToldSo() throws IOException {
    writer.ask(request("CONFIG", "SET", "changes-retention", "0"));
    follower.ask(request("CHANGES", "FOLLOW", "$"));
    String value = "x".repeat(1_000_000);
    for (int i = 0; i < 200; i++) {
      assertThat(writer.ask(request("SET", "k" + i % 3, value))).isEqualTo(OK);
      if (i % 40 == 39) {
        assertThat(writer.ask(request("SAVE"))).isEqualTo(OK);
      }
    }
    String push = follower.reply();
    while (push.startsWith(">3\r\n$7\r\nchanges\r\n")) {
      push = follower.reply();
    }
    assertThat(push).startsWith(">3\r\n$11\r\nchanges-end\r\n:").contains("only; changes-ret");
    assertThat(follower.ask(request("CHANGES", "STOP"))).isEqualTo(":0\r\n");
    assertThat(follower.ask(request("CHANGES", "FOLLOW", "$"))).startsWith(":");
  }

  @Test
  void whoMayNotReadThemAnyMoreIsToldSo() throws IOException {
    writer.ask(request("ACL", "SETUSER", "alice", "on", "nopass", "+changes", "+hello", "~*"));
    assertThat(follower.ask(request("AUTH", "alice", "x"))).isEqualTo(OK);
    assertThat(follower.ask(request("CHANGES", "FOLLOW", "$"))).startsWith(":");
    set(0);
    assertThat(follower.reply()).contains("\r\nk0\r\n");
    writer.ask(request("ACL", "SETUSER", "alice", "resetkeys", "~k*"));
    set(1);
    assertThat(follower.reply()).contains("changes-end", "NOPERM").doesNotContain("k1");
  }
}
