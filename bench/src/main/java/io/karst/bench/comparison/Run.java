package io.karst.bench.comparison;

import io.karst.bench.load.LoadResult;

/// One run of a cell.
///
/// - `cpuMicros`: processor time of the server, all its threads, per command.
/// - `generatorLoad`: the part of its time in which a thread of the load generator was busy. Near 1
///   the server was not the limit, and could have done more.
record Run(LoadResult load, double cpuMicros, double generatorLoad) {}
