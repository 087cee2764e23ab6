package io.karst.server.net;

import static io.karst.server.net.WireClient.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server that is killed in the middle of a `MIGRATE`: each key is here, or there, or at both.
@Timeout(120)
class MigrateKillTest {
  private static final Pattern READY = Pattern.compile(" ready on 127\\.0\\.0\\.1:(\\d+),");
  private static final String NONE = "$-1\r\n";

  @TempDir private Path folder;
  private @Nullable Process process;

  /// When the server is killed whose second key is on its way.
  private enum Moment {
    BEFORE_IT_HAS_ARRIVED,
    BEFORE_THE_ANSWER
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @EnumSource
  void noKeyIsLost(Moment moment) throws Exception {
    try (WireServer there = WireServer.withAll();
        WireClient remote = there.connect();
        ScriptedTarget between =
            new ScriptedTarget(words -> {
              boolean second = words.get(1).equals("b");
              if (second && moment == Moment.BEFORE_IT_HAS_ARRIVED) {
                return killed();
              }
              String answer = remote.ask(request(words.toArray(String[]::new)));
              return second ? killed() : answer;
            })) {
      try (WireClient client = start()) {
        client.ask(request("CLIENT", "DURABILITY", "FSYNC"));
        client.ask(request("MSET", "a", "1", "b", "2", "c", "3"));
        client.send(
            request(
                "MIGRATE", "127.0.0.1", between.port(), "", "0", "50000", "KEYS", "a", "b", "c"));
        assertThat(client.isClosed()).isTrue();
      }
      try (WireClient client = start();
          WireClient other = there.connect()) {
        boolean arrived = moment == Moment.BEFORE_THE_ANSWER;
        assertThat(client.ask(request("GET", "a"))).isIn("$1\r\n1\r\n", NONE);
        assertThat(client.ask(request("GET", "b"))).isEqualTo("$1\r\n2\r\n");
        assertThat(client.ask(request("GET", "c"))).isEqualTo("$1\r\n3\r\n");
        assertThat(other.ask(request("GET", "a"))).isEqualTo("$1\r\n1\r\n");
        assertThat(other.ask(request("GET", "b"))).isEqualTo(arrived ? "$1\r\n2\r\n" : NONE);
        assertThat(other.ask(request("GET", "c"))).isEqualTo(NONE);

        assertThat(
                client.ask(
                    request(
                        "MIGRATE",
                        "127.0.0.1",
                        "" + there.server.port(),
                        "",
                        "0",
                        "50000",
                        "REPLACE",
                        "KEYS",
                        "a",
                        "b",
                        "c")))
            .isEqualTo("+OK\r\n");
        assertThat(client.ask(request("DBSIZE"))).isEqualTo(":0\r\n");
        assertThat(other.ask(request("MGET", "a", "b", "c")))
            .isEqualTo("*3\r\n$1\r\n1\r\n$1\r\n2\r\n$1\r\n3\r\n");
      }
    }
  }

  /// Kills the server; null, as no answer gets there any more.
  private @Nullable String killed() {
    try {
      Objects.requireNonNull(process).destroyForcibly().waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /// A client of a server that has its data in the folder.
  private WireClient start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    String data = folder.resolve("data").toString();
    process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:+UseSerialGC",
                    "-Xmx128m",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    classes,
                    Main.class.getName(),
                    "--port",
                    "0",
                    "--dir",
                    data))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = process.inputReader(UTF_8).readLine();
    Matcher ready = READY.matcher(Objects.requireNonNull(line));
    assertThat(ready.find()).isTrue();
    return new WireClient(Integer.parseInt(ready.group(1)));
  }
}
