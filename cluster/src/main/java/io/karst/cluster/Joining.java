package io.karst.cluster;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a newcomer becomes a member: the leader of the meta group gives it a shard, and the leader
/// of that lets it in.
///
/// Thread: `karst-cluster`.
final class Joining {
  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

  private final Engagement.Place place;
  private final Meeting meeting;
  private final Doorman doorman;

  Joining(Engagement.Place place, Meeting meeting, Doorman doorman) {
    this.place = place;
    this.meeting = meeting;
    this.doorman = doorman;
  }

  /// Asks for a shard; waits for an answer.
  void askForPlace(Member self) throws InterruptedException {
    Set<String> addresses = new HashSet<>(place.options().seeds());
    ask(addresses, Joining::metaLeader, new Order(Order.Kind.PLACE, self, true));
  }

  private static @Nullable String metaLeader(Greeting greeting) {
    return greeting.metaLeader().isEmpty() ? null : greeting.metaLeader();
  }

  /// Asks to be let into a shard; waits for an answer.
  void askToJoin(Member self, MetaTable table, int shard) throws InterruptedException {
    Set<String> addresses = new HashSet<>(place.options().seeds());
    table.members(shard).forEach(member -> addresses.add(Peers.address(member)));
    addresses.remove(Peers.address(self));
    ask(addresses, greeting -> leader(greeting, shard), new Order(Order.Kind.JOIN, self, true));
  }

  private static @Nullable String leader(Greeting greeting, int shard) {
    Member leader = greeting.shard() == shard ? greeting.leader() : null;
    return leader == null ? null : Peers.address(leader);
  }

  private void ask(Set<String> addresses, Function<Greeting, @Nullable String> leader, Order order)
      throws InterruptedException {
    String cluster = place.identity().clusterId();
    for (Greeting greeting : meeting.greet(addresses).values()) {
      String address = greeting.clusterId().equals(cluster) ? leader.apply(greeting) : null;
      if (address != null) {
        for (Greeting fresh : meeting.greet(Set.of(address)).values()) {
          await(doorman.order(address, fresh, order));
        }
        return;
      }
    }
  }

  private static void await(CompletableFuture<Void> asked) throws InterruptedException {
    try {
      asked.get();
    } catch (ExecutionException refused) {
      LOG.info("This member is not let in yet: {}", Doorman.reason(refused));
    }
  }
}
