package io.karst.server.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to do instead of setting what Redis has and Karst does not.
final class Alternatives {
  private static final String NO_MODULES =
      "there are no modules, and none of the types that Redis 8 has from them";

  private static final String NO_REPLICAS = "this version has no replicas";
  private static final String SINGLE = "this version is a single server";

  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          Map.entry(
              "rename-command", "commands have their names; take them from users with an ACL"),
          Map.entry("loadmodule", NO_MODULES),
          Map.entry("unixsocketgroup", "set the group of the directory, and unixsocketperm"),
          Map.entry("cluster-slot-stats-enabled", SINGLE),
          Map.entry("repl-rdb-channel", NO_REPLICAS),
          Map.entry("replica-full-sync-buffer-limit", NO_REPLICAS),
          Map.entry("availability-zone", NO_REPLICAS),
          Map.entry("log-format", "the log has one format: time, level, thread, message"),
          Map.entry("log-timestamp-format", "times in the log are ISO 8601 in UTC"),
          Map.entry("extended-redis-compatibility", "INFO says redis_version always"),
          Map.entry("cluster-announce-client-ipv4", SINGLE),
          Map.entry("cluster-announce-client-ipv6", SINGLE),
          Map.entry("cluster-blacklist-ttl", SINGLE),
          Map.entry("dual-channel-replication-enabled", NO_REPLICAS),
          Map.entry(
              "events-per-io-thread",
              "io-threads is the number of event loops, which take what there is"),
          Map.entry(
              "prefetch-batch-max-size",
              "the keys of sixteen commands are loaded together always"));

  private Alternatives() {}

  /// Null if there is nothing to say.
  static @Nullable String of(String name) {
    String known = BY_NAME.get(name);
    return known != null ? known : isOfModule(name) ? NO_MODULES : null;
  }

  private static boolean isOfModule(String name) {
    return name.matches("(search|ts|bf|cf|json|vset)-.*");
  }
}
