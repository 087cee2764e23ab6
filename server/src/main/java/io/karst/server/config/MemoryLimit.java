package io.karst.server.config;

/// How much native memory the data may take: a number of bytes, a share of the machine's memory, or
/// neither, which leaves it to the server.
///
/// - `bytes`: the limit; 0 leaves it to the server. Of a share: what it came to when it was set.
/// - `percent`: the share it was given as, 1 to 100; 0 if it was given in bytes.
public record MemoryLimit(long bytes, int percent) {
  /// The server finds the limit.
  public static final MemoryLimit AUTOMATIC = new MemoryLimit(0, 0);

  /// The limit in bytes, found by `machine` if none is set.
  public long effectiveBytes(Machine machine) {
    return bytes == 0 ? machine.safeShareBytes() : bytes;
  }
}
