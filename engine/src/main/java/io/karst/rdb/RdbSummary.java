package io.karst.rdb;

import io.karst.value.RdbType;
import java.util.Map;

/// What was in an RDB file that has been read to its end.
///
/// - `version`: of the format.
/// - `entries`: those the visitor was shown.
/// - `skipped`: how many entries of which types it was not shown; in the order of the types.
/// - `functions`: libraries of functions that were passed over.
/// - `modules`: what modules keep beside the keys, passed over too.
/// - `size`: of the file, in bytes.
public record RdbSummary(
    int version,
    long entries,
    Map<RdbType, Long> skipped,
    long functions,
    long modules,
    long size) {}
