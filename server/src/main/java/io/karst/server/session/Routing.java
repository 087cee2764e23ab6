package io.karst.server.session;

import io.karst.cluster.Cluster;
import io.karst.cluster.Member;
import io.karst.commands.Args;
import io.karst.commands.KeyPositions;
import io.karst.keyspace.Key;
import io.karst.server.config.ClusterDirectives;
import io.karst.server.config.Config;
import org.jspecify.annotations.Nullable;

/// Whether a member of a cluster runs a command itself, or where its client has to go.
///
/// Keys belong to the owner of their slot. Another member reads them for a connection that has said
/// `READONLY`, as long as what it has is not too old. What concerns the keyspace as a whole is read
/// anywhere, and changed where everything is owned.
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

  private static final int NO_SLOT = -1;

  private final Membership membership;
  private final Cluster cluster;
  private final Config config;
  private final KeyPositions positions = new KeyPositions();
  private Standing standing;

  Routing(Membership membership, Config config) {
    this.membership = membership;
    this.config = config;
    cluster = membership.cluster();
    standing = membership.standing();
  }

  /// Null without a cluster.
  static @Nullable Routing of(Server server) {
    Membership membership = server.membership();
    return membership == null ? null : new Routing(membership, server.config());
  }

  /// Looks where the server stands, for the commands to come.
  void begin() {
    standing = membership.standing();
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
    String line = null;
    Key[] keys = transaction.keys();
    int first = NO_SLOT;
    for (int i = 0; i < transaction.keyCount() && line == null; i++) {
      int slot = keys[i].slot();
      line = next(first, slot, reads);
      first = first == NO_SLOT ? slot : first;
    }
    if (line == null && transaction.roams()) {
      line = keyspace(transaction.writes() > 0);
    }
    return line;
  }

  /// The error line for a command of a script; null if it may run.
  @Nullable String scripted(Session session, Route route, Args args) {
    if (route.writes && standing.open() && !standing.leads()) {
      return READ_ONLY;
    }
    String line = refusal(session, route, args);
    if (line == null || !route.keyed) {
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
      positions.clear();
      route.command.keyPositions(args, positions);
      return keysAtPositions(route, args, reads);
    }
    int last = route.lastKey >= 0 ? route.lastKey : args.count() + route.lastKey;
    int first = NO_SLOT;
    for (int i = route.firstKey; i <= last; i += route.keyStep) {
      int slot = args.key(i).slot();
      String line = next(first, slot, reads);
      if (line != null) {
        return line;
      }
      first = first == NO_SLOT ? slot : first;
    }
    return null;
  }

  private @Nullable String keysAtPositions(Route route, Args args, boolean reads) {
    int first = NO_SLOT;
    for (int i = 0; i < positions.count(); i++) {
      int slot = args.key(positions.at(i)).slot();
      String line = next(first, slot, reads);
      if (line != null) {
        return line;
      }
      first = first == NO_SLOT ? slot : first;
    }
    return first == NO_SLOT ? keyspace(route.writes) : null;
  }

  private @Nullable String channels(Args args, int lastAt) {
    int first = NO_SLOT;
    int last = lastAt >= 0 ? lastAt : args.count() + lastAt;
    for (int i = 1; i <= last; i++) {
      int slot = args.key(i).slot();
      if (first != NO_SLOT && first != slot) {
        return CROSS_SLOT;
      }
      String line = one(slot, false);
      if (line != null) {
        return line.startsWith("MOVED") || !config.value(ClusterDirectives.PUBSUB_WHEN_DOWN)
            ? line
            : null;
      }
      first = slot;
    }
    return null;
  }

  /// - `first`: the slot of a key before it, [#NO_SLOT] if there is none.
  private @Nullable String next(int first, int slot, boolean reads) {
    if (slot == first) {
      return null;
    }
    if (first != NO_SLOT && !mayCross(first, slot)) {
      return CROSS_SLOT;
    }
    return one(slot, reads);
  }

  /// Whether one command may have keys of both slots.
  private boolean mayCross(int one, int other) {
    Member owner = standing.view().owner(one);
    Member otherOwner = standing.view().owner(other);
    boolean same = owner == null ? otherOwner == null : owner.equals(otherOwner);
    return same && config.value(ClusterDirectives.ALLOW_SHARD_MULTIKEY);
  }

  /// - `reads`: whether an answer may be somewhat old.
  private @Nullable String one(int slot, boolean reads) {
    Member owner = standing.view().owner(slot);
    boolean mine = owner != null && owner.id().equals(standing.view().self().id());
    if (standing.leads() && (mine || owner == null)) {
      return null;
    }
    if (standing.open() && reads && isFresh(owner)) {
      return null;
    }
    if (owner != null && !mine) {
      return "MOVED " + slot + " " + owner.host() + ":" + owner.port();
    }
    return standing.open() && !mine ? NOT_SERVED : DOWN;
  }

  private boolean isFresh(@Nullable Member owner) {
    return (owner == null && config.value(ClusterDirectives.READS_WHEN_DOWN))
        || cluster.staleMillis() <= config.value(ClusterDirectives.MAX_STALENESS);
  }
}
