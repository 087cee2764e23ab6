package io.karst.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.Progress;
import io.karst.server.Main;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few rounds of what `./karst torture --cluster` does for minutes. `-Dseed=` chooses others.
class ClusterTortureTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final List<String> FAULTS = List.of("KILL_LEADER", "ISOLATE_LEADER", "KILL_ALL");
  private static final int MEMBERS = 3;
  private static final int LOAD_MILLIS = 800;

  @TempDir private Path directory;

  @Test
  void keepsItsPromises() {
    System.out.println("ClusterTortureTest: -Dseed=" + SEED);
    ClusterTorture.Plan plan =
        new ClusterTorture.Plan(
            SEED,
            Duration.ofDays(1),
            new ClusterTorture.Course(FAULTS, FAULTS.size()),
            MEMBERS,
            LOAD_MILLIS,
            new ClusterTorture.Work(directory, server()));
    try (Children children = new Children()) {
      ClusterTorture torture = new ClusterTorture(plan, children, new Progress(System.out));
      torture.run();
      assertThat(torture.tally())
          .containsPattern("operations in them +[1-9]")
          .containsPattern("violations +0");
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
