package io.karst.server.session;

import io.karst.cluster.Cluster;
import io.karst.cluster.ClusterView;
import io.karst.cluster.Member;
import io.karst.cluster.SlotTable;
import io.karst.commands.Args;
import io.karst.commands.KeyPositions;
import io.karst.keyspace.Key;
import io.karst.server.config.ClusterDirectives;
import io.karst.server.config.Config;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a member of a cluster runs a command itself, or where its client has to go.
///
/// Keys belong to the shard that has their slot, and its leader runs what is asked of them. Another
/// member of the shard reads them for a connection that has said `READONLY`, as long as what it has
/// is not too old. What concerns the keyspace as a whole is read anywhere and changed by a leader:
/// it is the keyspace of the member's shard.
///
/// To find that a slot is the member's own takes a field, and a look into an array.
///
/// Thread: one at a time.
final class Routing {
  static final String DOWN = "CLUSTERDOWN The cluster is down";
  static final String NOT_SERVED = "CLUSTERDOWN Hash slot not served";
  static final String READ_ONLY = "READONLY You can't write against a read only replica.";
  static final String CROSS_SLOT = "CROSSSLOT Keys in request don't hash to the same slot";
  private static final String FOREIGN_KEY =
      "ERR Script attempted to access a non local key in a cluster node";
  private static final String FOREIGN_SLOT =
      "ERR Script attempted to access keys that do not hash to the same slot";

  private static final String MOVED = "MOVED ";

  private static final int NO_SLOT = -1;

  private final Membership membership;
  private final Cluster cluster;
  private final Config config;
  private final KeyPositions positions = new KeyPositions();
  private Standing standing;
  private ClusterView view;

  /// Whether it runs what is asked of its own slots: it leads, and nobody else is said to.
  private boolean serves;

  Routing(Membership membership, Config config) {
    this.membership = membership;
    this.config = config;
    cluster = membership.cluster();
    standing = membership.standing();
    view = standing.view();
    serves = serves();
  }

  /// Null without a cluster.
  static @Nullable Routing of(Server server) {
    Membership membership = server.membership();
    return membership == null ? null : new Routing(membership, server.config());
  }

  /// Looks where the server stands, for the commands to come.
  @SuppressWarnings("ReferenceEquality") // Another standing is another object.
  void begin() {
    Standing present = membership.standing();
    if (present != standing) {
      standing = present;
      view = present.view();
      serves = serves();
    }
  }

  private boolean serves() {
    Member leader = view.leader();
    return standing.leads() && (leader == null || isSelf(leader));
  }

  /// As [#begin] has found it.
  Standing standing() {
    return standing;
  }

  /// The error line for a command that is not run here; null if it is.
  @Nullable String refusal(Session session, Route route, Args args) {
    ClusterRoute its = route.inCluster;
    if (its.refusal() != null) {
      return its.refusal();
    }
    return switch (its.target()) {
      case NOTHING -> null;
      case KEYSPACE -> keyspace(route.writes);
      case KEYS -> keys(route, args, session.readsReplicas() && its.readsOnly());
      case SHARD_CHANNELS -> channels(args, route.lastKey);
    };
  }

  /// The error line for queued commands that are not run here; null if they are.
  @Nullable String refusal(Session session, Transaction transaction) {
    boolean reads =
        session.readsReplicas() && transaction.writes() == 0 && !transaction.runsScripts();
    Key[] keys = transaction.keys();
    int first = NO_SLOT;
    for (int i = 0; i < transaction.keyCount(); i++) {
      int slot = keys[i].slot();
      if (first == NO_SLOT) {
        first = slot;
      } else if (slot != first && !mayCross(first, slot)) {
        return CROSS_SLOT;
      }
    }
    String line = first == NO_SLOT ? null : one(first, reads);
    return line == null && transaction.roams() ? keyspace(transaction.writes() > 0) : line;
  }

  /// The error line for a command of a script; null if it may run.
  @Nullable String scripted(Session session, Route route, Args args) {
    if (route.writes && standing.open() && !standing.leads()) {
      return READ_ONLY;
    }
    String line = refusal(session, route, args);
    if (line == null || !route.keyed || line.startsWith("ERR ")) {
      return line;
    }
    return line.equals(CROSS_SLOT) ? FOREIGN_SLOT : FOREIGN_KEY;
  }

  private @Nullable String keyspace(boolean writes) {
    if (!standing.open()) {
      return DOWN;
    }
    return writes && !standing.leads() ? READ_ONLY : null;
  }

  private @Nullable String keys(Route route, Args args, boolean reads) {
    if (!route.keysInRange) {
      return keysAtPositions(route, args, reads);
    }
    int last = route.lastKey >= 0 ? route.lastKey : args.count() + route.lastKey;
    int first = NO_SLOT;
    for (int i = route.firstKey; i <= last; i += route.keyStep) {
      int slot = args.key(i).slot();
      if (first == NO_SLOT) {
        first = slot;
      } else if (slot != first && !mayCross(first, slot)) {
        return CROSS_SLOT;
      }
    }
    return first == NO_SLOT ? null : one(first, reads);
  }

  private @Nullable String keysAtPositions(Route route, Args args, boolean reads) {
    positions.clear();
    route.command.keyPositions(args, positions);
    int first = NO_SLOT;
    for (int i = 0; i < positions.count(); i++) {
      int slot = args.key(positions.at(i)).slot();
      if (first == NO_SLOT) {
        first = slot;
      } else if (slot != first && !mayCross(first, slot)) {
        return CROSS_SLOT;
      }
    }
    if (first == NO_SLOT) {
      return keyspace(route.writes);
    }
    boolean named = view.shards().size() == 1 || !route.command.isLockingAll(args);
    return named ? one(first, reads) : unnamed(route);
  }

  /// What a pattern of `SORT` makes of elements may be anybody's.
  private static String unnamed(Route route) {
    return "ERR "
        + route.command.fullName().toUpperCase(Locale.ROOT)
        + " of keys that it does not name is not allowed in a cluster of several shards";
  }

  private @Nullable String channels(Args args, int lastAt) {
    int last = lastAt >= 0 ? lastAt : args.count() + lastAt;
    int slot = args.key(1).slot();
    for (int i = 2; i <= last; i++) {
      if (args.key(i).slot() != slot) {
        return CROSS_SLOT;
      }
    }
    String line = one(slot, false);
    boolean down = line != null && !line.startsWith(MOVED) && view.has(slot);
    return down && config.value(ClusterDirectives.PUBSUB_WHEN_DOWN) ? null : line;
  }

  /// Whether one command may have keys of both slots.
  private boolean mayCross(int one, int other) {
    SlotTable slots = view.slots();
    return slots.shard(one) == slots.shard(other)
        && config.value(ClusterDirectives.ALLOW_SHARD_MULTIKEY);
  }

  /// - `reads`: whether an answer may be somewhat old.
  private @Nullable String one(int slot, boolean reads) {
    return serves && view.has(slot) ? null : elsewhere(slot, reads);
  }

  private @Nullable String elsewhere(int slot, boolean reads) {
    Member owner = view.owner(slot);
    if (reads && standing.open() && view.has(slot) && isFresh(owner)) {
      return null;
    }
    boolean mine = owner != null && isSelf(owner);
    if (owner != null && !mine) {
      return MOVED + slot + " " + owner.host() + ":" + owner.port();
    }
    return standing.open() && !mine ? NOT_SERVED : DOWN;
  }

  private boolean isSelf(Member member) {
    return member.id().equals(view.self().id());
  }

  private boolean isFresh(@Nullable Member owner) {
    return (owner == null && config.value(ClusterDirectives.READS_WHEN_DOWN))
        || cluster.staleMillis() <= config.value(ClusterDirectives.MAX_STALENESS);
  }
}
