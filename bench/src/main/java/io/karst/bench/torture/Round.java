package io.karst.bench.torture;

import java.util.List;
import java.util.SplittableRandom;

/// What happens in a round.
///
/// - `appendfsync`: the directive.
/// - `memoryMegabytes`: that the server may have; 0 for what it takes by itself.
/// - `starts`: how often the server is killed while it starts.
/// - `ordered`: how it is read, see [Census].
/// - `expiry`: whether it is awaited that all that is due has been removed.
/// - `loadMillis`: how long the writers work.
/// - `checkpointMillis`: when a checkpoint comes in between; never, if that is after the end.
/// - `pauseMillis`: from the beginning of the end to the kill.
record Round(
    String appendfsync,
    int memoryMegabytes,
    int starts,
    boolean ordered,
    boolean expiry,
    int loadMillis,
    int checkpointMillis,
    int pauseMillis,
    Ending ending) {
  private static final List<String> POLICIES = List.of("always", "everysec", "everysec", "no");
  private static final List<Integer> STARTS = List.of(0, 0, 0, 1, 1, 2, 3);
  private static final int PAUSE_MILLIS_MAX = 300;

  private static final List<Ending> ENDINGS =
      List.of(
          Ending.KILL,
          Ending.KILL,
          Ending.KILL,
          Ending.KILL_IN_CHECKPOINT,
          Ending.KILL_IN_CHECKPOINT,
          Ending.KILL_AT_END,
          Ending.TERMINATE);

  static Round draw(SplittableRandom random, Scale scale) {
    return new Round(
        one(POLICIES, random),
        random.nextBoolean() ? scale.memoryMegabytes() : 0,
        one(STARTS, random),
        random.nextBoolean(),
        random.nextInt(4) == 0,
        scale.loadMillis() / 20 + random.nextInt(scale.loadMillis()),
        random.nextInt(2 * scale.loadMillis()),
        random.nextInt(PAUSE_MILLIS_MAX),
        one(ENDINGS, random));
  }

  private static <T> T one(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }

  /// What a server is told at its start.
  List<String> options() {
    String memory = memoryMegabytes + "mb";
    return List.of("--appendfsync", appendfsync, "--maxmemory", memory, "--save", "");
  }

  /// Whether there is more data than memory.
  boolean spills() {
    return memoryMegabytes > 0;
  }

  /// The settings, for people.
  String settings() {
    return spills() ? appendfsync + ", " + memoryMegabytes + " MB" : appendfsync;
  }
}
