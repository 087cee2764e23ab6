package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `XREAD` and `XREADGROUP` that wait, as clients see them.
class BlockingStreamsTest {
  private final List<WireClient> clients = new ArrayList<>();
  private WireServer server;
  private WireClient writer;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.withAll();
    writer = connect();
  }

  @AfterEach
  void stop() throws IOException {
    for (WireClient client : clients) {
      client.close();
    }
    server.close();
  }

  @Test
  void allWhoReadGetWhatComesAfterTheyAsked() throws IOException {
    writer.ask(request("XADD", "s", "1-1", "a", "0"));
    WireClient first = blocked(request("XREAD", "BLOCK", "0", "STREAMS", "s", "$"));
    WireClient second = blocked(request("XREAD", "BLOCK", "0", "STREAMS", "s", "$"));
    assertThat(writer.ask(request("XDEL", "s", "1-1"))).isEqualTo(":1\r\n");
    assertThat(first.hasHeardNothing()).isTrue();
    writer.ask(request("XADD", "s", "1-2", "a", "1"));
    assertThat(first.reply()).isEqualTo(entry("1-2", "1"));
    assertThat(second.reply()).isEqualTo(entry("1-2", "1"));
  }

  @Test
  void oneOfAGroupGetsAnEntryAndWhoWasFirstIsFirst() throws IOException {
    writer.ask(request("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM"));
    WireClient first = blocked(group("c"));
    WireClient second = blocked(group("d"));
    writer.ask(request("XADD", "s", "1-1", "a", "1"));
    assertThat(first.reply()).isEqualTo(entry("1-1", "1"));
    assertThat(second.hasHeardNothing()).isTrue();
    writer.ask(request("XADD", "s", "1-2", "a", "2"));
    assertThat(second.reply()).isEqualTo(entry("1-2", "2"));
    assertThat(server.server.engine().waiters().count()).isZero();
  }

  @Test
  void whoWaitsInAGroupHearsThatItIsGone() throws IOException {
    writer.ask(request("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM"));
    WireClient first = blocked(group("c"));
    writer.ask(request("XGROUP", "DESTROY", "s", "g"));
    assertThat(first.reply()).startsWith("-NOGROUP");
    writer.ask(request("XGROUP", "CREATE", "s", "g", "0"));
    first.send(group("c"));
    await().until(() -> server.server.engine().waiters().count() == 1);
    writer.ask(request("DEL", "s"));
    assertThat(first.reply()).startsWith("-NOGROUP");
  }

  /// Nothing changes: the time alone makes the entry one that may be claimed.
  @Test
  void whoClaimsGetsWhatHasBeenPendingForLongEnoughMeanwhile() throws IOException {
    deliver();
    String reply = connect().ask(claim("d", "150", "10000"));
    String shown = entry("1-1", "1").replace("*2\r\n$3", "*4\r\n$3");
    assertThat(reply).startsWith(shown).endsWith(":1\r\n");
    String idle = reply.substring(shown.length() + 1, reply.indexOf('\r', shown.length()));
    assertThat(Integer.parseInt(idle)).isGreaterThanOrEqualTo(150);
    assertThat(writer.ask(request("XPENDING", "s", "g"))).contains("$1\r\nd\r\n");
    assertThat(server.server.engine().waiters().count()).isZero();
  }

  @Test
  void whoClaimsWaitsNoLongerThanHeSaid() throws IOException {
    deliver();
    assertThat(connect().ask(claim("d", "1000000", "50"))).isEqualTo("*-1\r\n");
  }

  @Test
  void whoClaimsGetsWhatIsGivenBack() throws IOException {
    deliver();
    WireClient client = blocked(claim("d", "1000000", "0"));
    writer.ask(request("XNACK", "s", "g", "FAIL", "IDS", "1", "1-1"));
    assertThat(client.reply()).startsWith(entry("1-1", "1").replace("*2\r\n$3", "*4\r\n$3"));
  }

  private void deliver() throws IOException {
    writer.ask(request("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM"));
    writer.ask(request("XADD", "s", "1-1", "a", "1"));
    writer.ask(request("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">"));
  }

  private static String claim(String consumer, String idle, String block) {
    return request(
        "XREADGROUP", "GROUP", "g", consumer, "BLOCK", block, "CLAIM", idle, "STREAMS", "s", ">");
  }

  private WireClient connect() throws IOException {
    WireClient client = server.connect();
    clients.add(client);
    return client;
  }

  private WireClient blocked(String request) throws IOException {
    int before = server.server.engine().waiters().count();
    WireClient client = connect();
    client.send(request);
    await().until(() -> server.server.engine().waiters().count() == before + 1);
    return client;
  }

  private static String group(String consumer) {
    return request("XREADGROUP", "GROUP", "g", consumer, "BLOCK", "0", "STREAMS", "s", ">");
  }

  private static String entry(String id, String value) {
    return "*1\r\n*2\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n"
        + id
        + "\r\n*2\r\n$1\r\na\r\n$1\r\n"
        + value
        + "\r\n";
  }
}
