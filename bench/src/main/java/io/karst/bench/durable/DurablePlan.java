package io.karst.bench.durable;

import io.karst.bench.harness.Contender;
import java.nio.file.Path;
import java.util.List;

/// What is to be measured, and for how long.
///
/// - `label`: `quick` or `partial` for what is less than the default, else empty.
/// - `parts`: which of the three.
/// - `pipelines`: depths of SETs.
/// - `seconds`: how long a run should take.
/// - `threads`: of the load generators.
/// - `setKeys`: in place before SETs overwrite them.
/// - `checkpointKeys`: in place while GETs and checkpoints go on.
/// - `restartKeys`: in place when a server is started again.
/// - `place`: where directories with data are made.
public record DurablePlan(
    String label,
    List<Contender> contenders,
    List<Part> parts,
    List<Integer> pipelines,
    int rounds,
    double seconds,
    int threads,
    int setKeys,
    int checkpointKeys,
    int restartKeys,
    Path place) {

  /// What a run consists of.
  public enum Part {
    SET,
    CHECKPOINT,
    RESTART
  }

  /// The number of connections of the load generators.
  static final int CONNECTIONS = 50;

  /// What a key takes on disk at most, for a moment: histories, snapshots being rewritten.
  private static final long BYTES_PER_KEY = 500;

  private static final long HISTORY_BYTES = 4L << 30;

  public DurablePlan {
    contenders = List.copyOf(contenders);
    parts = List.copyOf(parts);
    pipelines = List.copyOf(pipelines);
  }

  DurablePlan withoutRedis() {
    return new DurablePlan(
        label,
        List.of(Contender.KARST),
        parts,
        pipelines,
        rounds,
        seconds,
        threads,
        setKeys,
        checkpointKeys,
        restartKeys,
        place);
  }

  /// Room on disk without which nothing should be begun.
  long neededBytes() {
    long keys = Math.max(setKeys, Math.max(checkpointKeys, restartKeys));
    return HISTORY_BYTES + keys * contenders.size() * BYTES_PER_KEY;
  }
}
