package io.karst.server.messages;

import io.karst.base.Bytes;
import java.util.List;

/// What a client wants to be told of keys that change, as it has asked for it.
///
/// - `redirect`: the number of the connection that is told instead; 0 if it is its own.
/// - `broadcast`: whether of all keys that begin with one of `prefixes`, rather than of those it
///   has read.
/// - `optIn`: whether only of what it reads right after it has said so.
/// - `optOut`: whether of all but what it reads right after it has said that it does not want it.
/// - `noLoop`: whether not of what it has changed itself.
public record TrackingMode(
    long redirect,
    boolean broadcast,
    List<Bytes> prefixes,
    boolean optIn,
    boolean optOut,
    boolean noLoop) {}
