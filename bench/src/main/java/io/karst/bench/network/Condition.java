package io.karst.bench.network;

/// How well one side hears the other.
///
/// - `cut`: nothing arrives for now.
/// - `delayMillis`: how long everything takes.
/// - `bytesPerSecond`: what gets through on each connection; 0 for no limit.
public record Condition(boolean cut, long delayMillis, long bytesPerSecond) {
  public static final Condition WHOLE = new Condition(false, 0, 0);
  public static final Condition CUT = new Condition(true, 0, 0);

  public static Condition slow(long delayMillis, long bytesPerSecond) {
    return new Condition(false, delayMillis, bytesPerSecond);
  }
}
