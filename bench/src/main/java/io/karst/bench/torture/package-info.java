/// Servers that are killed at any moment, started again, and asked whether they have everything
/// that they ever acknowledged.
///
/// A [Torture] is rounds. In each a server process is started on the same data directory, killed
/// while it starts, now and then, and started again; what it has then is compared, key by key, with
/// the ledgers of the writers ([io.karst.bench.ledger]). Then the writers work on, each on a
/// connection of its own and on keys of its own, and the server is killed, or told to end, at a
/// moment drawn at random: under load, in a checkpoint, with more data than memory, at its end.
///
/// A `kill -9` takes the process and leaves the operating system, so what was handed to that must
/// be there; power cuts are tried inside one process, against a simulated disk, by the engine's
/// tests.
///
/// Threads: one for the rounds; one a writer, while there is load. A writer's ledger is its
/// thread's then, and the rounds' otherwise.
@NullMarked
package io.karst.bench.torture;

import org.jspecify.annotations.NullMarked;
