/// The disk tier: everything that was ever checkpointed, ordered by key. The only user of RocksDB.
///
/// A [Tier] holds the state of keys as of some LSN each. The engine writes to it in the background
/// and reads from it what is no longer, or not yet, in memory. Format: docs/formats/lsm.md.
@NullMarked
package io.karst.lsm;

import org.jspecify.annotations.NullMarked;
