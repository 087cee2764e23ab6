/// What it costs to have written to a majority: three nodes of Karst on this machine beside three
/// of etcd, and beside a Redis with two replicas.
///
/// One cluster at a time is there, and everything on it is measured. All clients are of the same
/// making: a thread and a connection each, one request at a time ([Clients]).
@NullMarked
package io.karst.bench.quorum;

import org.jspecify.annotations.NullMarked;
