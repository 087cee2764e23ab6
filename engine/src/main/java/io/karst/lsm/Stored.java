package io.karst.lsm;

import io.karst.base.Bytes;
import org.jspecify.annotations.Nullable;

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
/// - `amended`: what is to be applied to the payload; null if that is the value as it is. A state
///   that has it is written without its payload, which the tier keeps, and which it takes in this
///   way from [#AMENDED_SIZE_MIN] bytes on.
public record Stored(
    long lsn,
    int type,
    boolean raw,
    int heat,
    long expiryMillis,
    long elementMillis,
    Bytes payload,
    @Nullable Amended amended) {
  /// Payloads from this size on can be amended.
  public static final int AMENDED_SIZE_MIN = TierFormat.LARGE_SIZE_MIN;

  static final long NEVER = -1;

  /// The state of a key whose elements stay, whose payload is the value as it is.
  public Stored(long lsn, int type, boolean raw, int heat, long expiryMillis, Bytes payload) {
    this(lsn, type, raw, heat, expiryMillis, NEVER, payload, null);
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

  /// The bytes of the payload and of what is beside it, as far as they are here.
  public long size() {
    return payload.length() + (amended == null ? 0 : amended.size());
  }

  /// The LSN of the payload.
  long baseLsn() {
    return amended == null ? lsn : amended.baseLsn();
  }

  /// The same with another payload, and other parts.
  Stored with(Bytes newPayload, @Nullable Amended newAmended) {
    return new Stored(lsn, type, raw, heat, expiryMillis, elementMillis, newPayload, newAmended);
  }
}
