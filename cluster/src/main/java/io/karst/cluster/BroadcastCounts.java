package io.karst.cluster;

/// Copies of messages that go around in a cluster, one for each member, since the process began.
///
/// - `sent`: handed to the way to a member; whether they have arrived nobody says.
/// - `missed`: not handed over, as the member could not be reached or did not keep up.
/// - `heard`: that have arrived here.
public record BroadcastCounts(long sent, long missed, long heard) {}
