/// Native memory: where records live, and the only package that knows addresses.
///
/// From the bottom up: [Native] reads and writes bytes at an address; [Allocator] hands out blocks
/// through one [Magazine] a worker; [Record] is the layout of a key with its value in one block;
/// [RecordTable] finds records by key. To everyone else an address is an opaque `long`, a *handle*,
/// good for the static methods of [Record]; 0 is "none".
///
/// Invariants: a record belongs to exactly one table; a block is freed with the size it was
/// allocated with. `-Dkarst.verify=true` fills freed memory with poison and checks every access
/// for bounds and liveness.
///
/// Threads: a magazine belongs to one thread at a time; a table and its records to whoever holds
/// their slot's lock.
@NullMarked
package io.karst.memory;

import org.jspecify.annotations.NullMarked;
