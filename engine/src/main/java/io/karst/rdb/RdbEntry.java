package io.karst.rdb;

import io.karst.base.Bytes;
import io.karst.value.DumpPayload;

/// A key of an RDB file, with all that the file says of it.
///
/// - `offset`: of the byte the entry begins at in the file, that of its value's type.
/// - `database`: the number of its database, from 0.
/// - `expiryMillis`: since 1970, perhaps in the past, or [io.karst.memory.Record#NO_EXPIRY].
/// - `value`: a view, good until the visitor returns; the key is a copy.
public record RdbEntry(
    long offset, int database, Bytes key, long expiryMillis, RdbAccess access, DumpPayload value) {}
