package io.karst.lsm;

import io.karst.base.Bytes;
import java.util.List;

/// What the tier has beside the payload of a key, which is older than the key's state: effects to
/// be applied to it, in parts.
///
/// - `baseLsn`: the LSN of the payload, that of the state it was written with.
/// - `count`: how many parts there are.
/// - `parts`: all of them, in their order; none where only the header was asked for. In a
///   [TierBatch] only the last of them, new or in the place of what the tier has of it, or none if
///   the tier has all.
public record Amended(long baseLsn, int count, List<Bytes> parts) {
  /// The bytes of the parts that are here.
  public long size() {
    long size = 0;
    for (Bytes part : parts) {
      size += part.length();
    }
    return size;
  }
}
