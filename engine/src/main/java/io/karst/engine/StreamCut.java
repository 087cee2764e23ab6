package io.karst.engine;

import io.karst.value.StreamId;
import org.jspecify.annotations.Nullable;

/// What is to be taken out of a stream, from its first entry on.
///
/// - `lengthMax`: how many entries stay at most; not looked at if there is a `minId`.
/// - `minId`: entries before it go; null if the length decides.
/// - `nodesOnly`: only what goes as whole nodes: about as much, at less cost.
/// - `limit`: how many entries go at most, 0 for any number, or [#USUAL]; only with `nodesOnly`.
public record StreamCut(long lengthMax, @Nullable StreamId minId, boolean nodesOnly, long limit) {
  /// As a limit: what a hundred nodes hold, a million at most.
  public static final long USUAL = -1;

  private static final long NODES_AT_ONCE = 100;
  private static final long USUAL_MAX = 1_000_000;
  private static final long USUAL_OF_UNLIMITED_NODES = 10_000;

  /// How many entries go at most, 0 for any number.
  ///
  /// - `nodeEntries`: how many a node holds, 0 for any number.
  long limit(int nodeEntries) {
    if (limit != USUAL) {
      return limit;
    }
    return nodeEntries == 0
        ? USUAL_OF_UNLIMITED_NODES
        : Math.min(NODES_AT_ONCE * nodeEntries, USUAL_MAX);
  }

  /// Keeps `length` entries.
  public static StreamCut toLength(long length) {
    return new StreamCut(length, null, false, 0);
  }

  /// Takes out everything up to an id, this included.
  static StreamCut through(StreamId id) {
    StreamId next = id.next();
    return next == null ? toLength(0) : new StreamCut(0, next, false, 0);
  }
}
