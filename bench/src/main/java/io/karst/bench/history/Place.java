package io.karst.bench.history;

import java.util.BitSet;

/// A place of a [Search], without the open operations that have happened.
///
/// - `first`: all answered operations before it have happened, and it has not.
/// - `beyond`: those behind it that have; never changed.
record Place<S>(int first, BitSet beyond, S state) {}
