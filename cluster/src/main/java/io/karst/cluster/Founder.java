package io.karst.cluster;

/// One of those a cluster is formed with, and its place in it.
///
/// - `member`: its `voting` is that in its shard.
/// - `shard`: the number of its shard.
/// - `metaVoting`: whether it counts for majorities of the meta group.
record Founder(Member member, int shard, boolean metaVoting) {}
