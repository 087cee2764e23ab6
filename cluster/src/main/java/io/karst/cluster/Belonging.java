package io.karst.cluster;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer.Division;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a member belongs to its shard.
///
/// A newcomer asks: the leader of the meta group gives it a shard, and the leader of that lets it
/// in. Who belongs hears from the leader who can be reached, and learns that it was removed.
///
/// Thread: `karst-cluster`.
final class Belonging {
  private static final Logger LOG = LoggerFactory.getLogger(Belonging.class);

  private final Engagement.Place place;
  private final Meeting meeting;
  private final Doorman doorman;
  private final Outlook outlook;

  Belonging(Engagement.Place place, Meeting meeting, Doorman doorman, Outlook outlook) {
    this.place = place;
    this.meeting = meeting;
    this.doorman = doorman;
    this.outlook = outlook;
  }

  // ---- becoming one ----

  /// Asks for a shard; waits for an answer.
  void askForPlace() throws InterruptedException {
    Set<String> addresses = new HashSet<>(place.options().seeds());
    Order order = new Order(Order.Kind.PLACE, outlook.view().self(), true);
    ask(addresses, Belonging::metaLeader, order);
  }

  private static @Nullable String metaLeader(Greeting greeting) {
    return greeting.metaLeader().isEmpty() ? null : greeting.metaLeader();
  }

  /// Looks whether this member is one of its shard; asks to be let in if it is not yet.
  void look(Division division, @Nullable MetaTable table) throws IOException, InterruptedException {
    if (isMember(division)) {
      return;
    }
    if (place.identity().joined()) {
      if (Presence.committedConfiguration(division) >= 0) {
        throw removed();
      }
    } else if (table != null) {
      ask(table);
    }
  }

  private void ask(MetaTable table) throws InterruptedException {
    MetaTable.Placed placed = table.find(place.identity().id());
    if (placed == null) {
      askForPlace(); // It was removed, or replaced, before it had joined.
    } else if (placed.shard() == place.identity().shard()) {
      askToJoin(table);
    } else {
      throw new ClusterException(
          "this member was given another shard before it had joined its first one; it needs an"
              + " empty data directory, to join as a new member");
    }
  }

  private boolean isMember(Division division) {
    return Peers.members(division.getRaftConf()).stream()
        .anyMatch(member -> member.id().equals(place.identity().id()));
  }

  private void askToJoin(MetaTable table) throws InterruptedException {
    int shard = place.identity().shard();
    Member self = outlook.view().self();
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

  // ---- being one ----

  /// Hears from the leader who can be reached, and whether this member still is one. Not for who
  /// leads.
  void hear(Division division) throws IOException, InterruptedException {
    Member leader = outlook.view().leader();
    Set<String> addresses = new HashSet<>();
    if (leader == null) {
      addresses.addAll(place.options().seeds());
      Peers.members(division.getRaftConf()).forEach(each -> addresses.add(Peers.address(each)));
    } else {
      addresses.add(Peers.address(leader));
    }
    for (Greeting greeting : meeting.greet(addresses).values()) {
      if (!greeting.clusterId().equals(place.identity().clusterId())) {
        suspect(greeting);
      } else if (greeting.shard() == place.identity().shard()) {
        hear(division.getRaftConf(), greeting);
      }
    }
  }

  private void suspect(Greeting greeting) {
    if (greeting.formed()) {
      String address = Peers.address(greeting.self());
      doorman.suspect(
          address,
          "The server at " + address + " belongs to another cluster, " + greeting.clusterId());
    }
  }

  private void hear(RaftConfiguration own, Greeting greeting) throws IOException {
    if (greeting.leads()) {
      Set<String> reachable = new HashSet<>();
      greeting.members().stream()
          .filter(Member::reachable)
          .forEach(member -> reachable.add(member.id()));
      outlook.reachable(reachable);
    }
    boolean gone =
        greeting.configuration() > own.getLogEntryIndex() && !greeting.has(place.identity().id());
    if (gone && place.identity().joined()) {
      throw removed();
    }
  }

  /// From now on no start succeeds.
  private ClusterException removed() throws IOException {
    place.identity().noteLeft();
    return new ClusterException("this member was removed from the cluster");
  }
}
