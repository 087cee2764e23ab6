/// Histories of what several clients did to one key, and whether they are linearizable: whether
/// each operation can have happened at one moment between its request and its answer, so that all
/// answers are right.
///
/// An [Operation] is a command as it was sent, with the answer as it came and the times of both. A
/// [Model] knows what a command answers and leaves behind, when nobody else is at work.
/// [Linearizability] looks for an order.
///
/// Who never got an answer does not know whether the operation happened: it stays open, and may
/// happen at any time after its request, or never. What was refused before anything was done is not
/// part of a history.
@NullMarked
package io.karst.bench.history;

import org.jspecify.annotations.NullMarked;
