package io.karst.server.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.server.RunningServer;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.NetworkDirectives;
import io.karst.server.config.ObservationDirectives;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console as a browser meets it, over a socket.
class ConsoleTest {
  private static final String HEAD =
      "POST /api/commands HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

  private final Config config = Config.defaults();
  private final int port;
  private final RunningServer running;

  ConsoleTest(@TempDir Path directory) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    config.set(DiskDirectives.DIR, directory.toString());
    config.set(NetworkDirectives.PORT, 0);
    config.set(NetworkDirectives.BIND, List.of("127.0.0.1"));
    config.set(ObservationDirectives.HTTP_PORT, port);
    running = RunningServer.open(config, Clock.system());
  }

  @AfterEach
  void close() {
    running.close();
  }

  /// An answer: the first line, the headers, the body.
  private record Heard(int status, String head, String body) {}

  private Heard send(String request) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(30_000);
      client.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(client.getInputStream().readAllBytes(), UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      assertThat(end).as(answer).isPositive();
      return new Heard(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(0, end),
          answer.substring(end + 4));
    }
  }

  private Heard get(String path, String... headers) throws IOException {
    return send(
        "GET "
            + path
            + " HTTP/1.1\r\nConnection: close\r\n"
            + lines("127.0.0.1", headers)
            + "\r\n");
  }

  private Heard post(String body, String... headers) throws IOException {
    String type = "Content-Type: application/json\r\n";
    return send(
        "POST /api/commands HTTP/1.1\r\nConnection: close\r\n"
            + lines("127.0.0.1", headers)
            + (String.join("", headers).contains("Content-Type") ? "" : type)
            + "Content-Length: "
            + body.getBytes(UTF_8).length
            + "\r\n\r\n"
            + body);
  }

  /// A request for commands that keeps its connection.
  private static String requestOf(String body) {
    return HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String lines(String host, String... headers) {
    boolean named = String.join("\n", headers).contains("Host:");
    String all = named ? "" : "Host: " + host + "\r\n";
    return headers.length == 0 ? all : all + String.join("\r\n", headers) + "\r\n";
  }

  /// Runs commands, given as JSON; the replies, as JSON.
  private String run(String commands) throws IOException {
    Heard heard = post("{\"commands\":[" + commands + "]}");
    assertThat(heard.status()).as(heard.body()).isEqualTo(200);
    assertThat(heard.body()).startsWith("{\"replies\":[").endsWith("]}");
    return heard.body().substring("{\"replies\":[".length(), heard.body().length() - 2);
  }

  private static String basic(String pair) {
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  // ---- the page ----

  @Test
  void thePageAndItsFilesComeFromTheJar() throws IOException {
    Heard page = get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.head()).contains("content-type: text/html; charset=utf-8");
    assertThat(page.body()).contains("/console/main.js").doesNotContain("http://", "https://");
    assertThat(get("/console/main.js").head()).contains("content-type: text/javascript");
    assertThat(get("/console/style/theme.css?v=1").head()).contains("content-type: text/css");
    assertThat(get("/console/keys/browser.js").status()).isEqualTo(200);
    assertThat(get("/console/icon.svg").head()).contains("content-type: image/svg+xml");
  }

  @Test
  void nothingElseOfTheJarIsServed() throws IOException {
    for (String path :
        List.of(
            "/console/",
            "/console/nothing.js",
            "/console/Console.class",
            "/console/../Main.class",
            "/console/style/../../Main.js",
            "/console/%2e%2e/theme.js",
            "/console//main.js")) {
      assertThat(get(path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void eachAnswerTellsTheBrowserWhatItMayDo() throws IOException {
    for (Heard heard : List.of(get("/"), get("/console/nothing.js"), post("{}"))) {
      assertThat(heard.head())
          .contains("Content-Security-Policy: default-src 'none'; script-src 'self'")
          .contains("frame-ancestors 'none'", "X-Content-Type-Options: nosniff");
      assertThat(heard.head()).doesNotContain("unsafe", "Access-Control");
    }
  }

  @Test
  void aFileThatIsKnownIsNotSentAgain() throws IOException {
    String tag =
        get("/console/main.js")
            .head()
            .lines()
            .filter(l -> l.startsWith("etag: "))
            .findFirst()
            .orElseThrow();
    Heard again = get("/console/main.js", "If-None-Match: " + tag.substring(6));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/console/main.js", "If-None-Match: \"other\"").status()).isEqualTo(200);
  }

  // ---- commands ----

  @Test
  void repliesKeepTheirTypes() throws IOException {
    assertThat(
            run(
                "[\"SET\",\"s\",\"é\"],[\"GET\",\"s\"],[\"GET\",\"none\"],[\"HSET\",\"h\",\"f\",1],"
                    + "[\"HGETALL\",\"h\"],[\"LPUSH\",\"s\",\"x\"],[\"ZADD\",\"z\",1.5,\"m\"],"
                    + "[\"ZSCORE\",\"z\",\"m\"],[\"SADD\",\"t\",\"a\"],[\"SMEMBERS\",\"t\"],"
                    + "[\"NOSUCH\"]"))
        .startsWith(
            "{\"status\":\"OK\"},\"é\",null,1,{\"map\":[[\"f\",\"1\"]]},{\"error\":\"WRONGTYPE ")
        .contains(
            "},1,{\"double\":\"1.5\"},1,{\"set\":[\"a\"]},"
                + "{\"error\":\"ERR unknown command 'NOSUCH'");
  }

  @Test
  void bytesComeBackAsTheyWere() throws IOException {
    assertThat(
            run(
                "[\"SET\",{\"b64\":\"/wA=\"},{\"b64\":\"AAEC/w==\"}],[\"GET\",{\"b64\":\"/wA=\"}],"
                    + "[\"KEYS\",\"*\"],[\"STRLEN\",{\"b64\":\"/wA=\"}]"))
        .isEqualTo("{\"status\":\"OK\"},{\"b64\":\"AAEC/w==\"},[{\"b64\":\"/wA=\"}],4");
  }

  @Test
  void aTransactionIsOneWithinARequest() throws IOException {
    assertThat(run("[\"MULTI\"],[\"INCR\",\"n\"],[\"INCR\",\"n\"],[\"EXEC\"],[\"GET\",\"n\"]"))
        .isEqualTo(
            "{\"status\":\"OK\"},{\"status\":\"QUEUED\"},{\"status\":\"QUEUED\"},[1,2],\"2\"");
    assertThat(run("[\"MULTI\"]")).isEqualTo("{\"status\":\"OK\"}");
    assertThat(run("[\"INCR\",\"n\"]")).isEqualTo("3");
  }

  @Test
  void theDatabaseIsTheRequests() throws IOException {
    assertThat(post("{\"db\":3,\"commands\":[[\"SET\",\"k\",\"v\"],[\"DBSIZE\"]]}").body())
        .isEqualTo("{\"replies\":[{\"status\":\"OK\"},1]}");
    assertThat(run("[\"DBSIZE\"]")).isEqualTo("0");
  }

  @Test
  void withoutItsDatabaseNothingIsRun() throws IOException {
    run("[\"SET\",\"k\",\"v\"]");
    Heard refused = post("{\"db\":99,\"commands\":[[\"FLUSHALL\"]]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("ERR DB index is out of range");
    assertThat(run("[\"DBSIZE\"]")).isEqualTo("1");
  }

  @Test
  void clientsOfTheConsoleAreListedByTheirAddress() throws IOException {
    assertThat(run("[\"CLIENT\",\"LIST\"]"))
        .containsPattern("addr=127\\.0\\.0\\.1:\\d+ laddr=127\\.0\\.0\\.1:" + port)
        .contains("name=console");
  }

  @Test
  void commandsThatWaitOrOutliveTheRequestAreRefused() throws IOException {
    run("[\"SET\",\"k\",\"v\"]");
    for (String command :
        List.of(
            "[\"BLPOP\",\"l\",0]",
            "[\"wait\",1,0]",
            "[\"XREAD\",\"BLOCK\",0,\"STREAMS\",\"s\",\"$\"]",
            "[\"HELLO\",2]",
            "[\"AUTH\",\"a\",\"b\"]",
            "[\"QUIT\"]",
            "[\"RESET\"]",
            "[\"Client\",\"Reply\",\"OFF\"]")) {
      Heard heard = post("{\"commands\":[[\"DEL\",\"k\"]," + command + "]}");
      assertThat(heard.status()).as(command).isEqualTo(400);
      assertThat(heard.body()).as(command).contains("is not run here");
    }
    assertThat(run("[\"EXISTS\",\"k\"],[\"XREAD\",\"COUNT\",1,\"STREAMS\",\"block\",\"0\"]"))
        .isEqualTo("1,null");
  }

  @Test
  void aConnectionThatIsClosedIsTold() throws IOException {
    Heard heard =
        post(
            "{\"commands\":[[\"CLIENT\",\"KILL\",\"TYPE\",\"normal\",\"SKIPME\",\"no\"],"
                + "[\"PING\"]]}");
    assertThat(heard.status()).isEqualTo(502);
    assertThat(heard.body()).contains("closed the connection");
  }

  @Test
  void whoLeavesBeforeTheAnswerLeavesNoConnectionBehind() throws IOException {
    run("[\"CLIENT\",\"PAUSE\",60000,\"WRITE\"]");
    String body = "{\"commands\":[[\"SET\",\"k\",\"v\"]]}";
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.getOutputStream().write(requestOf(body).getBytes(UTF_8));
      await().until(() -> running.server().sessions().count() == 1);
    }
    await().until(() -> running.server().sessions().count() == 0);
    run("[\"CLIENT\",\"UNPAUSE\"]");
  }

  // ---- bounds ----

  @Test
  void longStringsAreCutWhereTheRequestSays() throws IOException {
    assertThat(
            post("{\"clip\":4,\"commands\":[[\"SET\",\"k\",\"0123456789\"],[\"GET\",\"k\"]]}")
                .body())
        .isEqualTo("{\"replies\":[{\"status\":\"OK\"},{\"text\":\"0123\",\"size\":10}]}");
  }

  @Test
  void anAnswerIsBounded() throws IOException {
    assertThat(run("[\"SETRANGE\",\"big\",9000000,\"x\"]")).isEqualTo("9000001");
    Heard heard = post("{\"commands\":[[\"GET\",\"big\"]]}");
    assertThat(heard.status()).isEqualTo(413);
    assertThat(heard.body()).contains("larger than 8 MB");
    assertThat(post("{\"clip\":10,\"commands\":[[\"GET\",\"big\"]]}").body())
        .contains("\"size\":9000001");
  }

  @Test
  void aRequestIsBounded() throws IOException {
    Heard told = send(HEAD + "Content-Length: 9000000\r\n\r\n");
    assertThat(told.status()).isEqualTo(413);
    String large = "x".repeat(1 << 20);
    assertThat(run("[\"STRLEN\",\"k\"],[\"SET\",\"k\",\"" + large + "\"],[\"STRLEN\",\"k\"]"))
        .isEqualTo("0,{\"status\":\"OK\"},1048576");
  }

  @Test
  void requestsFollowOneAnotherInOneConnection() throws IOException {
    String body = "{\"commands\":[[\"INCR\",\"n\"]]}";
    String request = requestOf(body);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(30_000);
      for (int i = 1; i <= 3; i++) {
        client.getOutputStream().write(request.getBytes(UTF_8));
        String answer = "";
        while (!answer.endsWith("]}")) {
          answer += (char) client.getInputStream().read();
        }
        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("{\"replies\":[" + i + "]}");
      }
    }
  }

  @Test
  void whoeverFindsTheServerFullIsTold() throws IOException {
    config.set(List.of("maxclients", "1"));
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), running.server().port())) {
      other.getOutputStream().write("PING\r\n".getBytes(UTF_8));
      assertThat(other.getInputStream().readNBytes(7)).isEqualTo("+PONG\r\n".getBytes(UTF_8));
      Heard heard = post("{\"commands\":[[\"PING\"]]}");
      assertThat(heard.status()).isEqualTo(503);
      assertThat(heard.body()).contains("max number of clients");
    }
  }

  // ---- protection ----

  @Test
  void whereThereIsAPasswordItIsNeeded() throws IOException {
    config.set(List.of("requirepass", "secret"));
    String command = "{\"commands\":[[\"DBSIZE\"]]}";
    assertThat(get("/").status()).isEqualTo(401);
    assertThat(get("/console/main.js").status()).isEqualTo(401);
    assertThat(post(command).status()).isEqualTo(401);
    assertThat(post(command).head()).contains("Basic realm=");
    assertThat(post(command, basic("default:wrong")).status()).isEqualTo(401);
    assertThat(post(command, basic("nobody:secret")).status()).isEqualTo(401);
    assertThat(post(command, basic("default:secret")).body()).isEqualTo("{\"replies\":[0]}");
    assertThat(get("/", basic("default:secret")).status()).isEqualTo(200);
  }

  @Test
  void commandsRunWithTheRightsOfWhoeverSendsThem() throws Exception {
    running
        .server()
        .access()
        .users()
        .set(Bytes.utf8("alice"), List.of("on", ">pw", "~a*", "+get", "+set"));
    String commands = "[\"SET\",\"a\",1],[\"GET\",\"b\"],[\"INFO\"],[\"GET\",\"a\"]";
    Heard heard = post("{\"commands\":[" + commands + "]}", basic("alice:pw"));
    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.body())
        .startsWith(
            "{\"replies\":[{\"status\":\"OK\"},{\"error\":\"NOPERM No permissions to access a")
        .contains("'info' command\"}")
        .endsWith(",\"1\"]}");
    assertThat(get("/", basic("alice:pw")).status()).isEqualTo(200);
    assertThat(get("/metrics", basic("alice:pw")).status()).isEqualTo(403);
    assertThat(post("{\"commands\":[[\"GET\",\"a\"]]}", basic("alice:no")).status()).isEqualTo(401);
  }

  @Test
  void aNameThatIsNotOursIsRefusedWithoutAPassword() throws IOException {
    String command = "{\"commands\":[[\"DBSIZE\"]]}";
    for (Heard heard :
        List.of(get("/", "Host: evil.example"), post(command, "Host: evil.example"))) {
      assertThat(heard.status()).isEqualTo(403);
    }
    assertThat(send("GET / HTTP/1.0\r\n\r\n").status()).isEqualTo(403);
    config.set(List.of("requirepass", "secret"));
    assertThat(post(command, "Host: db.example", basic("default:secret")).status()).isEqualTo(200);
  }

  @Test
  void pagesOfOthersMayNotRunCommands() throws IOException {
    String command = "{\"commands\":[[\"SET\",\"k\",\"v\"]]}";
    assertThat(post(command, "Origin: http://evil.example").status()).isEqualTo(403);
    assertThat(post(command, "Sec-Fetch-Site: cross-site").status()).isEqualTo(403);
    assertThat(post(command, "Content-Type: text/plain").status()).isEqualTo(415);
    assertThat(post(command, "Content-Type: application/x-www-form-urlencoded").status())
        .isEqualTo(415);
    assertThat(get("/api/commands").status()).isEqualTo(405);
    assertThat(run("[\"EXISTS\",\"k\"]")).isEqualTo("0");
    assertThat(post(command, "Origin: http://127.0.0.1", "Sec-Fetch-Site: same-origin").status())
        .isEqualTo(200);
  }

  @Test
  void protectedModeKeepsOtherMachinesOut() {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    InetSocketAddress other = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 1);
    try (Console console = new Console(running.server(), local)) {
      assertThat(console.keepsOut(local)).isFalse();
      assertThat(console.keepsOut(other)).isTrue();
      config.set(List.of("protected-mode", "no"));
      assertThat(console.keepsOut(other)).isFalse();
      config.set(List.of("protected-mode", "yes", "requirepass", "secret"));
      assertThat(console.keepsOut(other)).isFalse();
    }
  }
}
