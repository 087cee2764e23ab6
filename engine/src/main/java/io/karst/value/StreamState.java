package io.karst.value;

/// What a stream knows of itself beside its entries and groups.
///
/// - `length`: the number of entries.
/// - `lastId`: the largest id given so far; that of the last entry, or a later one.
/// - `firstId`: that of the first entry, [StreamId#ZERO] if there is none.
/// - `maxDeletedId`: the largest one that was deleted, [StreamId#ZERO] if there is none.
/// - `entriesAdded`: the number of entries there ever were, at least `length`.
public record StreamState(
    long length, StreamId lastId, StreamId firstId, StreamId maxDeletedId, long entriesAdded) {}
