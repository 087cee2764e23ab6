package io.karst.server.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to do instead of setting what Redis has and Karst does not.
final class Alternatives {
  private static final String NO_MODULES =
      "there are no modules, and none of the types that Redis 8 has from them";

  private static final String NO_REPLICAS = "there are no replicas but the members of a cluster";
  private static final String ONE_ADDRESS =
      "a member has one address for clients: cluster-announce-ip";

  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          Map.entry(
              "rename-command", "commands have their names; take them from users with an ACL"),
          Map.entry("loadmodule", NO_MODULES),
          Map.entry("unixsocketgroup", "set the group of the directory, and unixsocketperm"),
          Map.entry(
              "cluster-slot-stats-enabled",
              "CLUSTER SLOT-STATS counts keys always, and nothing else"),
          Map.entry("repl-rdb-channel", NO_REPLICAS),
          Map.entry("replica-full-sync-buffer-limit", NO_REPLICAS),
          Map.entry("availability-zone", NO_REPLICAS),
          Map.entry("log-format", "the log has one format: time, level, thread, message"),
          Map.entry("log-timestamp-format", "times in the log are ISO 8601 in UTC"),
          Map.entry("extended-redis-compatibility", "INFO says redis_version always"),
          Map.entry("cluster-announce-client-ipv4", ONE_ADDRESS),
          Map.entry("cluster-announce-client-ipv6", ONE_ADDRESS),
          Map.entry(
              "cluster-blacklist-ttl", "a member that was removed comes back as a new one only"),
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
