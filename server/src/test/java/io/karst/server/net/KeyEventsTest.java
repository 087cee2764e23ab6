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

/// What happens to keys, as those hear of it who listen.
class KeyEventsTest {
  private final List<WireClient> clients = new ArrayList<>();
  private WireServer server;
  private WireClient client;
  private WireClient listener;

  @BeforeEach
  void start() throws IOException {
    server = WireServer.withAll("notify-keyspace-events", "KEAmn");
    client = connect();
    listener = connect();
    listener.ask(request("PSUBSCRIBE", "__keyevent@*"));
  }

  @AfterEach
  void stop() throws IOException {
    for (WireClient each : clients) {
      each.close();
    }
    server.close();
  }

  @Test
  void whatIsDueIsToldOfByItself() throws IOException {
    client.ask(request("SET", "k", "v", "PX", "50"));
    client.ask(request("HSET", "h", "f", "v"));
    client.ask(request("HPEXPIRE", "h", "100", "FIELDS", "1", "f"));
    assertThat(events(9))
        .containsExactly(
            "new k",
            "set k",
            "expire k",
            "new h",
            "hset h",
            "hexpire h",
            "expired k",
            "hexpired h",
            "del h");
  }

  @Test
  void elementsOfSetsThatExpireAreToldOfToo() throws IOException {
    client.ask(request("SADD", "s", "a", "b"));
    client.ask(request("PEXPIREMEMBER", "s", "a", "50"));
    assertThat(events(4)).containsExactly("new s", "sadd s", "expiremember s", "expiredmember s");
  }

  @Test
  void aTimeThatHasPassedDeletes() throws IOException {
    client.ask(request("HSET", "h", "f", "v", "g", "w"));
    client.ask(request("HEXPIRE", "h", "0", "FIELDS", "1", "f"));
    client.ask(request("HEXPIRE", "h", "0", "FIELDS", "1", "g"));
    assertThat(events(5)).containsExactly("new h", "hset h", "hdel h", "hdel h", "del h");
  }

  @Test
  void fieldsMayBeSetWithAnExpiry() throws IOException {
    client.ask(request("HSETEX", "h", "EX", "100", "FIELDS", "2", "f", "v", "g", "w"));
    client.ask(request("HGETEX", "h", "PERSIST", "FIELDS", "1", "f"));
    client.ask(request("HGETDEL", "h", "FIELDS", "2", "f", "g"));
    assertThat(events(6)).startsWith("new h", "hset h").endsWith("hpersist h", "hdel h", "del h");
  }

  @Test
  void whatIsLookedForInVainIsToldOf() throws IOException {
    client.ask(request("GET", "nothing"));
    client.ask(request("EXISTS", "a"));
    assertThat(events(2)).containsExactly("keymiss nothing", "keymiss a");
  }

  @Test
  void whatIsUndoneIsNotToldOf() throws IOException {
    client.ask(request("SET", "k", "text"));
    client.send(
        request("MULTI", "ATOMIC")
            + request("SET", "j", "v")
            + request("INCR", "k")
            + request("EXEC")
            + request("DEL", "k"));
    assertThat(events(3)).containsExactly("new k", "set k", "del k");
  }

  @Test
  void whoIsServedIsToldOfByItsOwnName() throws IOException {
    WireClient waiting = connect();
    waiting.send(request("BLMOVE", "a", "b", "LEFT", "RIGHT", "0"));
    await().until(() -> client.ask(request("INFO", "clients")).contains("blocked_clients:1"));
    client.ask(request("RPUSH", "a", "x"));
    assertThat(events(6))
        .containsExactly("new a", "rpush a", "new b", "rpush b", "lpop a", "del a");
  }

  @Test
  void manyElementsAreOneEvent() throws IOException {
    String[] words = new String[10_002];
    words[0] = "SADD";
    words[1] = "s";
    for (int i = 2; i < words.length; i++) {
      words[i] = "m" + i;
    }
    client.ask(request(words));
    client.ask(request("SPOP", "s", "9999"));
    client.ask(request("SPOP", "s", "10"));
    assertThat(events(5)).containsExactly("new s", "sadd s", "spop s", "spop s", "del s");
  }

  @Test
  void classesThatAreNotAskedForAreNotToldOf() throws IOException {
    client.ask(request("CONFIG", "SET", "notify-keyspace-events", "Ex"));
    client.ask(request("SET", "k", "v", "PX", "20"));
    assertThat(events(1)).containsExactly("expired k");
    client.ask(request("CONFIG", "SET", "notify-keyspace-events", ""));
    client.ask(request("SET", "k", "v"));
    client.ask(request("CONFIG", "SET", "notify-keyspace-events", "Eg"));
    client.ask(request("DEL", "k"));
    assertThat(events(1)).containsExactly("del k");
  }

  private List<String> events(int count) throws IOException {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String[] lines = listener.reply().split("\r\n", -1);
      events.add(lines[6].substring(lines[6].indexOf(':') + 1) + " " + lines[8]);
    }
    return events;
  }

  private WireClient connect() throws IOException {
    WireClient fresh = server.connect();
    clients.add(fresh);
    return fresh;
  }
}
