package io.karst.bench.ledger;

/// What should be at a key.
///
/// - `expiresAtMillis`: since 1970, or [#NEVER].
public record Entry(String value, long expiresAtMillis) {
  public static final long NEVER = Long.MAX_VALUE;

  public Entry(String value) {
    this(value, NEVER);
  }
}
