package io.karst.bench.clients;

/// How many clients there are.
///
/// - `present`: connections that are open at once.
/// - `listeners`: subscribers of one channel.
/// - `messages`: that are published to them.
/// - `plain`, `encrypted`: clients that come and go.
/// - `growthMax`: by how much memory may have grown at the end.
public record ClientsPlan(
    int present, int listeners, int messages, int plain, int encrypted, Growth growthMax) {
  /// Bytes that a process may keep of clients that have gone, or need for what it has compiled:
  /// on the heap, and besides it.
  public record Growth(long heap, long other) {}

  /// A day's worth of clients, in some minutes.
  public static final ClientsPlan FULL =
      new ClientsPlan(10_000, 10_000, 100, 500_000, 5_000, new Growth(8 << 20, 48 << 20));

  /// Half a minute.
  public static final ClientsPlan QUICK =
      new ClientsPlan(1_000, 1_000, 20, 20_000, 500, new Growth(8 << 20, 48 << 20));
}
