package io.karst.lsm;

import java.util.List;

/// What a checkpoint says about the store as a whole.
///
/// - `checkpointLsn`: frames from here on have to be replayed.
/// - `mappingLsn`: effects on whole databases before it are contained in `ids`.
/// - `ids`: the id of the database of each number, from 0.
/// - `nextId`: the id of the next database to be made.
/// - `millis`: when the checkpoint was made, since 1970.
public record TierMeta(
    long checkpointLsn, long mappingLsn, List<Integer> ids, int nextId, long millis) {}
