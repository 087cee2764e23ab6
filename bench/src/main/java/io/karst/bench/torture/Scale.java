package io.karst.bench.torture;

/// How much there is to do.
///
/// - `keys`: that a writer draws from; their values are 1.5 KB on average.
/// - `loadMillis`: how long the writers work in a round at most.
/// - `memoryMegabytes`: what a server has when it gets less than there is data.
public record Scale(int keys, int loadMillis, int memoryMegabytes) {
  /// Some 50 MB of data.
  public static final Scale FULL = new Scale(8000, 4000, 24);

  /// For a few rounds that take a few seconds.
  public static final Scale SHORT = new Scale(1500, 1000, 8);
}
