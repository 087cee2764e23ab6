package io.karst.server.info;

import io.karst.engine.Engine;
import io.karst.server.session.Server;

/// `Keyspace`: a line a database that has keys.
final class KeyspaceSection {
  private KeyspaceSection() {}

  static void keyspace(Server server, InfoText text) {
    Engine engine = server.engine();
    for (int database = 0; database < engine.databases(); database++) {
      long keys = engine.size(database);
      if (keys > 0) {
        text.field(
            "db" + database,
            "keys="
                + keys
                + ",expires="
                + engine.expiring(database)
                + ",avg_ttl="
                + engine.averageTtlMillis(database));
      }
    }
  }
}
