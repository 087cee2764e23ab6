package io.karst.engine;

import io.karst.base.Bytes;

/// Who adds an entry to a stream, and by what it is known if it is added again.
///
/// - `producer`: not empty.
/// - `token`: one for each entry of the producer; not empty.
/// - `millis`: when, since 1970.
public record Production(Bytes producer, Bytes token, long millis) {}
