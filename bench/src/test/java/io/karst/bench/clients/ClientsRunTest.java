package io.karst.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.bench.clients.ClientsPlan.Growth;
import io.karst.bench.harness.Children;
import io.karst.server.Main;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A little of what `./karst torture --clients` does for minutes. Too little to tell of memory.
class ClientsRunTest {
  private static final ClientsPlan PLAN =
      new ClientsPlan(60, 60, 5, 600, 60, new Growth(1 << 30, 1 << 30));

  @TempDir private Path directory;

  @Test
  void leavesNothingBehind() {
    try (Children children = new Children()) {
      ClientsRun run = new ClientsRun(server(), directory, children, System.out);
      ClientsRun.Outcome outcome = run.run(PLAN);
      assertThat(outcome.lines()).hasSize(4);
      assertThat(outcome.left()).isEmpty();
    }
  }

  private static List<String> server() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dkarst.verify=true",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }
}
