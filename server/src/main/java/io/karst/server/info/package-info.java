/// What the server tells about itself: the sections of `INFO`, and the numbers behind them.
///
/// Sections and fields have Redis's names where they mean the same; a field that would always be
/// made up is not there. Karst's own begin with `karst_`, `jvm_`, `wal_`, `checkpoint_`, `keys_` or
/// `lsm_`.
///
/// Threads: any; everything is read from counters that are a moment old.
@NullMarked
package io.karst.server.info;

import org.jspecify.annotations.NullMarked;
