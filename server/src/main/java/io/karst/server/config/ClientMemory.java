package io.karst.server.config;

/// How much memory all clients together may take (`maxmemory-clients`).
///
/// - `bytes`: 0 for any amount, if `percent` is 0 too.
/// - `percent`: of `maxmemory`, in place of a number of bytes.
public record ClientMemory(long bytes, int percent) {
  static final ClientMemory UNLIMITED = new ClientMemory(0, 0);

  /// In bytes; 0 for any amount.
  ///
  /// - `maxmemory`: that of the process.
  public long limit(long maxmemory) {
    return percent == 0 ? bytes : Math.max(1, maxmemory / 100 * percent);
  }
}
