package io.karst.bench.comparison;

import io.karst.bench.load.LoadResult;

/// One run of a cell.
///
/// - `cpuMicros`: processor time of the server, all its threads, per command.
record Run(LoadResult load, double cpuMicros) {}
