/// Servers that hold the same data and agree on its history: the only user of Apache Ratis.
///
/// What a single server keeps in a write-ahead log of its own is the log of a Raft group here. The
/// leader executes commands, and what it replicates is their effects; the others apply them.
/// [Cluster] is what the server sees of all this.
///
/// A cluster has one shard or several, and a server belongs to one of them. All members together
/// are another group, which agrees on who has which slots ([MetaTable]).
@NullMarked
package io.karst.cluster;

import org.jspecify.annotations.NullMarked;
