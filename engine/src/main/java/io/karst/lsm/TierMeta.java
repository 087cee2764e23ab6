package io.karst.lsm;

import io.karst.base.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/// What a checkpoint says about the store as a whole.
///
/// - `checkpointLsn`: frames from here on have to be replayed.
/// - `mappingLsn`: effects on whole databases and on libraries before it are contained in `ids` and
///   `libraries`.
/// - `ids`: the id of the database of each number, from 0.
/// - `nextId`: the id of the next database to be made.
/// - `millis`: when the checkpoint was made, since 1970.
/// - `libraries`: the source of each library of functions, by name.
public record TierMeta(
    long checkpointLsn,
    long mappingLsn,
    List<Integer> ids,
    int nextId,
    long millis,
    SortedMap<String, Bytes> libraries) {
  /// Without libraries.
  public TierMeta(long checkpointLsn, long mappingLsn, List<Integer> ids, int nextId, long millis) {
    this(checkpointLsn, mappingLsn, ids, nextId, millis, Collections.emptySortedMap());
  }
}
