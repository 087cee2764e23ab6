package io.karst.lsm;

import io.karst.base.Bytes;

/// A key's state in the tier.
///
/// - `lsn`: every effect on the key in a frame before it is contained, none from there on.
/// - `type`: the code of [io.karst.value.ValueType], 0 to 15.
/// - `raw`: whether the value has been changed in place, what `OBJECT ENCODING` tells.
/// - `heat`: the access clock when it was written, 24 bits.
/// - `expiryMillis`: since 1970, or -1 for a key that stays.
/// - `elementMillis`: since 1970, when the first of its elements expires, or earlier; -1 if none
///   does.
/// - `payload`: the value as in `DUMP`, without type, version and checksum; empty where only the
///   header was asked for.
public record Stored(
    long lsn,
    int type,
    boolean raw,
    int heat,
    long expiryMillis,
    long elementMillis,
    Bytes payload) {
  static final long NEVER = -1;

  /// The state of a key whose elements stay.
  public Stored(long lsn, int type, boolean raw, int heat, long expiryMillis, Bytes payload) {
    this(lsn, type, raw, heat, expiryMillis, NEVER, payload);
  }

  /// Whether the key expires.
  public boolean expires() {
    return expiryMillis != NEVER;
  }

  /// Whether it stands in the index of expiries.
  public boolean isListed() {
    return dueMillis() != NEVER;
  }

  /// When it, or an element of it, expires; -1 if never.
  public long dueMillis() {
    if (expiryMillis == NEVER || elementMillis == NEVER) {
      return Math.max(expiryMillis, elementMillis);
    }
    return Math.min(expiryMillis, elementMillis);
  }

  Stored with(Bytes otherPayload) {
    return new Stored(lsn, type, raw, heat, expiryMillis, elementMillis, otherPayload);
  }
}
