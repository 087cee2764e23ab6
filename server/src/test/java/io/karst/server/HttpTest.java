package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.server.acl.Denial;
import io.karst.server.acl.DenialLog;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.NetworkDirectives;
import io.karst.server.config.ObservationDirectives;
import io.karst.server.session.Visitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTest {
  private static final Bytes NAME = Bytes.utf8("default");
  private static final Bytes WRONG = Bytes.utf8("wrong");

  private final Config config = Config.defaults();
  private final int port;
  private final RunningServer running;
  private final HttpClient http = HttpClient.newHttpClient();

  HttpTest(@TempDir Path directory) throws IOException {
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
    http.close();
    running.close();
  }

  @Test
  void metricsTellWhatWasDone() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), running.server().port())) {
      client
          .getOutputStream()
          .write("SET a 1\r\nGET a\r\nGET b\r\nLPUSH a x\r\n".getBytes(StandardCharsets.US_ASCII));
      client.getInputStream().readNBytes("+OK\r\n$1\r\n1\r\n$-1\r\n-".length());
      HttpResponse<String> answer = get("/metrics?a=b", "");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      assertThat(answer.body())
          .contains("karst_command_calls_total{command=\"get\"} 2.0")
          .contains("karst_command_failed_total{command=\"lpush\"} 1.0")
          .contains("karst_command_duration_seconds_count{command=\"set\"} 1")
          .contains("karst_errors_total{error=\"WRONGTYPE\"} 1.0")
          .contains("karst_keyspace_hits_total 1.0", "karst_keys{db=\"0\"} 1.0")
          .contains("karst_clients_connected 1.0", "jvm_memory_used_bytes", "jvm_threads_live");
    }
  }

  @Test
  void everyMetricIsDocumented() throws Exception {
    String page = Files.readString(Path.of("../docs/METRICS.md"));
    var names =
        get("/metrics", "")
            .body()
            .lines()
            .filter(line -> line.startsWith("# TYPE karst_"))
            .map(line -> line.split(" ", -1)[2].replaceFirst("_total$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names).hasSizeGreaterThan(30).allMatch(name -> page.contains("`" + name + "`"));
  }

  @Test
  void healthIsOpenToAllAndTheRestAsksForThePassword() throws Exception {
    assertThat(get("/health/live", "").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready", "").body()).isEqualTo("ready\n");
    config.set(List.of("requirepass", "secret"));
    assertThat(get("/health/live", "").statusCode()).isEqualTo(200);
    assertThat(get("/metrics", "").statusCode()).isEqualTo(401);
    assertThat(get("/metrics", "").headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(get("/metrics", "default:wrong").statusCode()).isEqualTo(401);
    assertThat(get("/metrics", "other:secret").statusCode()).isEqualTo(401);
    assertThat(get("/metrics", "default:secret").statusCode()).isEqualTo(200);
    assertThat(get("/nothing", "").statusCode()).isEqualTo(401);
  }

  @Test
  void metricsAreForThoseWhoMayRunInfo() throws Exception {
    user("scraper", "on", ">secret", "+info");
    user("alice", "on", ">secret", "+@all", "~*", "-info");
    assertThat(get("/metrics", "scraper:secret").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = get("/metrics", "alice:secret");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .isEqualTo("NOPERM User alice has no permissions to run the 'info' command\n");
    assertThat(get("/nothing", "alice:secret").statusCode()).isEqualTo(404);
    assertThat(get("/metrics", "").statusCode()).isEqualTo(200);
    user("default", "-info");
    assertThat(get("/metrics", "").statusCode()).isEqualTo(403);
    assertThat(get("/health/ready", "").statusCode()).isEqualTo(200);
    assertThat(running.server().access().log().latest(10))
        .extracting(DenialLog.Entry::subject)
        .containsExactly(denied("default"), denied("alice"));
  }

  private static DenialLog.Subject denied(String user) {
    return new DenialLog.Subject(Denial.Reason.COMMAND, DenialLog.Context.TOPLEVEL, "info", user);
  }

  @Test
  void wrongPasswordsAreLoggedAndSlowDownTheirAddress() throws Exception {
    config.set(List.of("requirepass", "right", "auth-delay-max", "200"));
    long begin = System.nanoTime();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(20_000);
      String requests = metrics("default:wrong").repeat(7) + metrics("default:right");
      client.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 7; i++) {
        assertThat(answer(client)).startsWith("HTTP/1.1 401");
      }
      // 100, 200 and 200 ms behind the fifth, the sixth and the seventh.
      assertThat(answer(client)).startsWith("HTTP/1.1 200");
      assertThat(System.nanoTime() - begin).isGreaterThan(500_000_000L);
    }
    assertThat(get("/health/live", "").statusCode()).isEqualTo(200);
    assertThat(get("/metrics", "default:right").statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - begin).isGreaterThan(600_000_000L);
    var latest = running.server().access().log().latest(1).getFirst();
    assertThat(latest.count()).isEqualTo(7);
    assertThat(latest.client()).contains("addr=127.0.0.1:", " name=http");
    assertThat(latest.subject())
        .isEqualTo(
            new DenialLog.Subject(
                Denial.Reason.AUTH, DenialLog.Context.TOPLEVEL, "HTTP", "default"));
  }

  /// One connection is served as long as another one is not listened to.
  @Test
  void whoShowsNoPasswordDoesNotWait() throws Exception {
    config.set(List.of("requirepass", "right", "auth-delay-max", "60000"));
    for (int i = 0; i < 14; i++) {
      running
          .server()
          .access()
          .authenticate(new Visitor(running.server(), "127.0.0.1:1", ""), NAME, WRONG);
    }
    try (Socket held = new Socket(InetAddress.getLoopbackAddress(), port)) {
      held.getOutputStream().write(metrics("default:right").getBytes(StandardCharsets.US_ASCII));
      assertThat(get("/health/ready", "").statusCode()).isEqualTo(200);
      assertThat(get("/metrics", "").statusCode()).isEqualTo(401);
      assertThat(held.getInputStream().available()).isZero();
    }
  }

  private void user(String name, String... rules) throws Exception {
    running.server().access().users().set(Bytes.utf8(name), List.of(rules));
  }

  private static String metrics(String credentials) {
    return "HEAD /metrics HTTP/1.1\r\nHost: a\r\nAuthorization: " + basic(credentials) + "\r\n\r\n";
  }

  /// The head of the next answer.
  private static String answer(Socket client) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = client.getInputStream().read();
      assertThat(next).as(head.toString()).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  @Test
  void aServerThatEndsIsNotReady() throws Exception {
    running.server().end();
    assertThat(get("/health/ready", "").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready", "").body()).isEqualTo("ending\n");
    assertThat(get("/health/live", "").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNoRequestIsRefused() throws Exception {
    assertThat(get("/nothing", "").statusCode()).isEqualTo(404);
    assertThat(send("POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"))
        .startsWith("HTTP/1.1 405");
    assertThat(send("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414");
    assertThat(send("GET / HTTP/1.1\r\nA: " + "x".repeat(9000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(send("POST /metrics HTTP/1.1\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20000)))
        .startsWith("HTTP/1.1 413");
  }

  private String send(String request) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(20_000);
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  /// - `credentials`: name and password with a colon between them; empty for none.
  private HttpResponse<String> get(String path, String credentials) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!credentials.isEmpty()) {
      request.header("Authorization", basic(credentials));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String basic(String credentials) {
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
