package io.karst.lsm;

import io.karst.base.Bytes;

/// A key's state in the tier.
///
/// - `lsn`: every effect on the key in a frame before it is contained, none from there on.
/// - `type`: the code of [io.karst.value.ValueType], 0 to 15.
/// - `raw`: whether the value has been changed in place, what `OBJECT ENCODING` tells.
/// - `heat`: the access clock when it was written, 24 bits.
/// - `expiryMillis`: since 1970, or -1 for a key that stays.
/// - `payload`: the value as in `DUMP`, without type, version and checksum; empty where only the
///   header was asked for.
public record Stored(long lsn, int type, boolean raw, int heat, long expiryMillis, Bytes payload) {}
