package io.karst.server.session;

import io.karst.commands.Command;
import io.karst.commands.Flag;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a member of a cluster asks about a command, answered beforehand.
///
/// - `target`: what it concerns, which says where it is run.
/// - `readsOnly`: whether a follower may run it.
/// - `refusal`: the error line for a command that there is not in a cluster; null if there is.
record ClusterRoute(Target target, boolean readsOnly, @Nullable String refusal) {
  /// What a command concerns.
  enum Target {
    /// Nothing that is the same on several servers.
    NOTHING,
    /// Keys that it names.
    KEYS,
    /// Channels that belong to slots.
    SHARD_CHANNELS,
    /// The keyspace as a whole.
    KEYSPACE
  }

  /// Commands that look at keys without saying so by their flags.
  private static final Set<String> LOOKING =
      Set.of(
          "memory|bigkeys",
          "memory|prefixes",
          "cluster|countkeysinslot",
          "cluster|getkeysinslot",
          "cluster|slot-stats");

  private static final Set<String> ACROSS_DATABASES = Set.of("move", "swapdb");

  /// By the name of the command, or of its container.
  private static final Map<String, String> MISSING =
      Map.of(
          "migrate", "in a cluster keys do not move one by one; DUMP and RESTORE take copies",
          "backup", "a new member takes a copy of the data by itself; ./karst export copies keys",
          "changes", "the history of a cluster cannot be read by clients yet");

  /// - `keyed`, `roams`, `script`: as [Route] has them.
  static ClusterRoute of(
      Command command, boolean keyed, boolean roams, @Nullable ScriptRoute script) {
    boolean writes = command.has(Flag.WRITE);
    boolean reads = command.has(Flag.READ_ONLY) || command.fullName().equals("watch");
    boolean readsOnly = script == null ? reads && !writes : script.readOnly();
    return new ClusterRoute(target(command, keyed, roams), readsOnly, refusal(command));
  }

  /// Whether it looks at keys that it does not name, though its flags do not say so.
  static boolean looks(Command command) {
    return LOOKING.contains(command.fullName());
  }

  private static Target target(Command command, boolean keyed, boolean roams) {
    if (keyed) {
      return Target.KEYS;
    }
    boolean ends = command.fullName().equals("sunsubscribe");
    if (command.has(Flag.PUBSUB) && command.firstKey() > 0 && !ends) {
      return Target.SHARD_CHANNELS;
    }
    return roams || looks(command) ? Target.KEYSPACE : Target.NOTHING;
  }

  private static @Nullable String refusal(Command command) {
    String name = command.fullName();
    String upper = name.replace('|', ' ').toUpperCase(Locale.ROOT);
    if (ACROSS_DATABASES.contains(name)) {
      return "ERR " + upper + " is not allowed in cluster mode";
    }
    int bar = name.indexOf('|');
    String why =
        name.endsWith("|help") ? null : MISSING.get(bar < 0 ? name : name.substring(0, bar));
    return why == null ? null : "ERR " + upper + " is not allowed in cluster mode: " + why;
  }
}
