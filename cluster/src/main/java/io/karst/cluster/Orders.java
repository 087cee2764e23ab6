package io.karst.cluster;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who carries out an order: the leader of the shard of the member that it concerns, or the leader
/// of the meta group.
///
/// Who is removed leaves its shard first, and then the table. The latter is tried again and again
/// by the member that was told to remove it: the meta group may have no leader just then.
///
/// Thread-safe.
final class Orders {
  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  private final Doorman doorman;
  private final Outlook outlook;
  private final Shard shard;
  private final MetaGroup meta;
  private final Supplier<@Nullable Membership> membership;

  /// Whom the table is to forget.
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();

  /// - `membership`: of this member's shard; null while it has none.
  Orders(
      Doorman doorman,
      Outlook outlook,
      Shard shard,
      MetaGroup meta,
      Supplier<@Nullable Membership> membership) {
    this.doorman = doorman;
    this.outlook = outlook;
    this.shard = shard;
    this.meta = meta;
    this.membership = membership;
  }

  // ---- orders of others ----

  /// Carries out an order, if this member leads what it concerns.
  CompletableFuture<Void> obey(Order order) {
    if (order.kind().isMeta()) {
      return meta.obey(order);
    }
    Membership known = membership.get();
    if (known == null) {
      return Membership.refused("this member has no cluster yet");
    }
    if (order.kind() == Order.Kind.JOIN && !isPlacedHere(order.member().id())) {
      return Membership.refused("this shard has not been told of that member yet");
    }
    return known.obey(order);
  }

  private boolean isPlacedHere(String id) {
    MetaTable table = meta.table();
    return table != null && table.has(id, outlook.view().own());
  }

  // ---- orders of this member's own ----

  /// Lets the leader of a member's shard do something with that.
  CompletableFuture<Void> give(Order order) {
    ClusterView view = outlook.view();
    String id = order.member().id();
    int number = shardOf(view, id);
    boolean removes = order.kind() == Order.Kind.REMOVE;
    MetaTable table = meta.table();
    if (removes && view.member(id) == null && table != null && table.has(id)) {
      leaving.add(id);
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> given = number == view.own() ? toOwn(order) : to(view, number, order);
    return removes ? given.thenRun(() -> leaving.add(id)) : given;
  }

  /// The own one if nobody has the member: its leader says so.
  private static int shardOf(ClusterView view, String id) {
    List<ShardView> shards = view.shards();
    for (int number = 0; number < shards.size(); number++) {
      if (shards.get(number).members().stream().anyMatch(each -> each.id().equals(id))) {
        return number;
      }
    }
    return view.own();
  }

  private CompletableFuture<Void> toOwn(Order order) {
    boolean alone = membership.get() == null;
    ClusterView view = outlook.view();
    return alone || shard.leadingTerm() >= 0 ? obey(order) : to(view, view.own(), order);
  }

  private CompletableFuture<Void> to(ClusterView view, int number, Order order) {
    Member leader = view.shards().get(number).leader();
    return leader == null
        ? Membership.refused("nobody leads just now")
        : to(Peers.address(leader), view.clusterId(), order);
  }

  private CompletableFuture<Void> to(String address, String clusterId, Order order) {
    return doorman
        .greet(address, clusterId)
        .thenCompose(greeting -> doorman.order(address, greeting, order))
        .exceptionallyCompose(cause ->
            CompletableFuture.failedFuture(
                cause.getCause() instanceof ClusterException known
                    ? known
                    : new ClusterException(Doorman.reason(cause), cause)));
  }

  // ---- the table ----

  /// Once a second: lets the meta group forget who has been removed.
  void dismiss(String clusterId) {
    MetaTable table = meta.table();
    if (table != null) {
      leaving.removeIf(id -> !table.has(id));
    }
    leaving.forEach(id -> dismiss(clusterId, Order.of(Order.Kind.DISMISS, id, false)));
  }

  private void dismiss(String clusterId, Order order) {
    String leader = meta.leaderAddress();
    if (meta.leads() || leader != null) {
      CompletableFuture<Void> given =
          meta.leads() || leader == null ? meta.obey(order) : to(leader, clusterId, order);
      var _ =
          given.exceptionally(failure -> {
            LOG.info("A member is not forgotten yet: {}", Doorman.reason(failure));
            return null;
          });
    }
  }
}
