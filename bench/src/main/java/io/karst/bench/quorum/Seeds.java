package io.karst.bench.quorum;

import java.util.SplittableRandom;

/// Random numbers for clients on many threads.
///
/// Thread-safe.
final class Seeds {
  private final SplittableRandom random = new SplittableRandom(System.nanoTime());

  synchronized SplittableRandom next() {
    return random.split();
  }
}
