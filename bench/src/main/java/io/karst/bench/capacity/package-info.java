/// Karst with ten times more data than memory, beside RocksDB used directly by the program that has
/// the data: what a tier on disk costs, and what memory above it gains.
///
/// What is compared is not the same. RocksDB is a library here, called by threads of its own
/// process; Karst is a server, and what is measured includes two processes, a socket and a
/// protocol. The memory they may use, the data, what is asked for and by how many at a time are.
@NullMarked
package io.karst.bench.capacity;

import org.jspecify.annotations.NullMarked;
