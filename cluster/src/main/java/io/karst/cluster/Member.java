package io.karst.cluster;

/// A member of a cluster.
///
/// - `id`: forty hexadecimal digits, made with its data directory and bound to it.
/// - `host`, `port`: where clients reach it.
/// - `clusterHost`, `clusterPort`: where the other members reach it.
/// - `voting`: whether it counts for majorities; otherwise it only follows.
/// - `reachable`: whether the leader, or this member if it is that, has heard of it lately.
public record Member(
    String id,
    String host,
    int port,
    String clusterHost,
    int clusterPort,
    boolean voting,
    boolean reachable) {}
