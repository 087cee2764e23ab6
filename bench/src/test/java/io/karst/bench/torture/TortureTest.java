package io.karst.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.Progress;
import io.karst.server.Main;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few rounds of what `./karst torture` does for minutes. `-Dseed=` and `-Drounds=` choose
/// others.
class TortureTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("rounds", 5);

  @TempDir private Path directory;

  @Test
  void losesNothing() {
    System.out.println("TortureTest: -Dseed=" + SEED);
    Torture.Plan plan =
        new Torture.Plan(SEED, ROUNDS, Duration.ofDays(1), Scale.SHORT, directory, server());
    try (Children children = new Children()) {
      Torture torture = new Torture(plan, children, new Progress(System.out));
      torture.run();
      assertThat(torture.tally()).containsPattern("requests verified +[1-9]");
      System.out.print(torture.tally());
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
