package io.karst.bench.ledger;

import java.util.List;

/// The keys that belong to one ledger: those with its prefix, in some databases.
///
/// - `databases`: with what nobody else has, or with keys of others that begin otherwise.
public record Territory(List<Integer> databases, String prefix) {
  public Territory {
    databases = List.copyOf(databases);
  }

  boolean has(int database, String key) {
    return databases.contains(database) && key.startsWith(prefix);
  }
}
