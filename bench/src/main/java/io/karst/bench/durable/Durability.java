package io.karst.bench.durable;

import io.karst.bench.harness.Contender;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a server promises when it acknowledges a write.
enum Durability {
  /// Nothing is on disk.
  MEMORY("in memory only"),
  /// Safe from the end of the process; from that of the machine within a second.
  EVERYSEC("everysec"),
  /// On disk.
  ALWAYS("always");

  /// Redis takes a snapshot at its end if there is a rule when else to take one.
  private static final String HOURLY = "3600 1000000000";

  private final String title;

  Durability(String title) {
    this.title = title;
  }

  /// The directive `appendfsync` of both servers.
  String appendfsync() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return title;
  }

  /// The options of a server with a history in `directory`, and no snapshots by the clock.
  static List<String> historyIn(Path directory, Contender contender) {
    List<String> common = List.of("--dir", directory.toString(), "--save", "");
    return switch (contender) {
      case REDIS -> append(common, "--appendonly", "yes", "--appendfsync", "everysec");
      case KARST -> append(common, "--appendfsync", "everysec");
    };
  }

  /// The options of a server that brings its data to disk when it is told to and at its end: Redis
  /// by snapshots alone, Karst by checkpoints, besides its history.
  static List<String> snapshotsIn(Path directory, Contender contender) {
    List<String> common = List.of("--dir", directory.toString(), "--save");
    return switch (contender) {
      case REDIS -> append(common, HOURLY, "--appendonly", "no");
      case KARST -> append(common, "");
    };
  }

  private static List<String> append(List<String> list, String... more) {
    return Stream.concat(list.stream(), Arrays.stream(more)).toList();
  }
}
