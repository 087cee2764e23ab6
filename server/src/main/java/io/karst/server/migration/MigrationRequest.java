package io.karst.server.migration;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import java.util.List;

/// What `MIGRATE` is asked for.
///
/// - `database`: there.
/// - `timeoutMillis`: for how long the network may stand still, and for how long a key is sent
///   again and again because somebody changes it; at least 1.
/// - `copies`: whether the keys stay here, too.
/// - `replaces`: whether keys that exist there may be replaced.
/// - `authentication`: the words of `AUTH` behind its name; none if there is no need.
/// - `keys`: each once; not views.
public record MigrationRequest(
    String host,
    int port,
    long database,
    int timeoutMillis,
    boolean copies,
    boolean replaces,
    List<Bytes> authentication,
    List<Key> keys) {}
