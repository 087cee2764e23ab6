package io.karst.server.insight;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// What a search for hot keys looks at.
///
/// - `time`, `traffic`: whether it tells those that took the most time, and those of which the most
///   bytes were sent and received.
/// - `count`: how many of each.
/// - `durationMillis`: for how long it goes on; 0 until it is stopped.
/// - `ratio`: of so many commands one is looked at.
/// - `slots`: whose keys it looks at; null for all.
public record HotKeyOptions(
    boolean time,
    boolean traffic,
    int count,
    long durationMillis,
    int ratio,
    @Nullable BitSet slots) {}
