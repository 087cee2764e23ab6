package io.karst.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member's part in the meta group: all members of the cluster, some of which vote, agree on the
/// [MetaTable].
///
/// Nobody needs the group to run commands: each member has the table. Its leader is asked when
/// somebody joins or leaves; it also sees to it that the members of the group are those of the
/// table, and that enough of them vote.
///
/// Thread: `karst-cluster` opens it and looks after it; what else may call says so.
final class MetaGroup implements MetaStateMachine.Host, Seat.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(MetaGroup.class);
  private static final int MEMBERS_MAX = 1000;

  private final Engagement.Place place;
  private final MetaStorage storage = new MetaStorage();
  private final Consumer<@Nullable Throwable> told;
  private volatile @Nullable MetaTable agreed;
  private volatile @Nullable MetaTable first;
  private volatile @Nullable Seat seat;
  private volatile boolean ending;
  private volatile boolean closing;
  private long purged = -1;

  /// - `told`: is called when something is different, with what has failed, if something has. Any
  ///   thread.
  MetaGroup(Engagement.Place place, Consumer<@Nullable Throwable> told) {
    this.place = place;
    this.told = told;
  }

  /// What Ratis is to tell of the group.
  MetaStateMachine stateMachine() {
    return new MetaStateMachine(storage, this);
  }

  /// Begins to take part, or goes on.
  void open(RaftNode node, Secret secret, String clusterId) throws IOException {
    List<Founder> founders = place.identity().founders();
    first = founders.isEmpty() ? null : MetaTable.first(clusterId, founders);
    Seat mine = new Seat(node, secret.metaGroupId(clusterId), this::votersMax, this);
    mine.open(place.identity().metaFounders());
    seat = mine;
  }

  private int votersMax() {
    MetaTable known = table();
    return Founding.metaVoters(known == null ? 1 : known.members().size());
  }

  /// What the cluster has agreed on, as this member knows it; null if it does not yet. Any thread.
  @Nullable MetaTable table() {
    MetaTable known = agreed;
    return known == null ? first : known;
  }

  /// Those of the group, and whether they vote in it, as this member knows it. Any thread.
  List<Member> members() {
    Seat mine = seat;
    Division own = mine == null ? null : mine.division();
    return own == null ? List.of() : Peers.members(own.getRaftConf());
  }

  /// Where the leader of the group is reached; null if nobody is known to lead. Any thread.
  @Nullable String leaderAddress() {
    Seat mine = seat;
    return mine == null ? null : mine.leaderAddress();
  }

  /// Whether this member leads the group. Any thread.
  boolean leads() {
    Seat mine = seat;
    return mine != null && mine.leads();
  }

  // ---- orders; any thread ----

  /// Does what a member has asked for, as the leader of the group.
  CompletableFuture<Void> obey(Order order) {
    Seat mine = seat;
    Membership membership = mine == null ? null : mine.membership();
    MetaTable known = agreed;
    if (mine == null || membership == null || !mine.leads()) {
      return Membership.refused("this member does not lead the meta group");
    }
    if (known == null) {
      return Membership.refused("the cluster has not agreed on its shards yet");
    }
    return switch (order.kind()) {
      case PLACE -> give(order.member(), known, membership);
      case DISMISS -> dismiss(order.member().id(), known);
      default -> Membership.refused("that is for a shard to do");
    };
  }

  private CompletableFuture<Void> give(Member joining, MetaTable known, Membership membership) {
    if (known.has(joining.id())) {
      return membership.join(joining);
    }
    if (known.members().size() >= MEMBERS_MAX) {
      return Membership.refused(
          "the cluster has " + MEMBERS_MAX + " members, the most there may be");
    }
    return propose(known.with(joining)).thenCompose(nothing -> membership.join(joining));
  }

  private CompletableFuture<Void> dismiss(String id, MetaTable known) {
    return known.has(id) ? propose(known.without(id)) : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> propose(MetaTable next) {
    Seat mine = seat;
    if (mine == null) {
      return Membership.refused("this member does not lead the meta group");
    }
    try {
      return mine.submit(ByteString.copyFrom(next.encode())).thenAccept(MetaGroup::check);
    } catch (IOException | RuntimeException failure) {
      return CompletableFuture.failedFuture(new ClusterException(Doorman.reason(failure), failure));
    }
  }

  private static void check(RaftClientReply reply) {
    if (!reply.isSuccess()) {
      throw new ClusterException(Doorman.reason(reply.getException()), reply.getException());
    }
    if (!reply.getMessage().getContent().equals(MetaStateMachine.TAKEN.getContent())) {
      throw new ClusterException("the members have changed meanwhile; it may be tried again");
    }
  }

  // ---- looking after it ----

  /// Several times a second.
  void look() throws IOException {
    Seat mine = seat;
    if (mine == null || mine.settle()) {
      return;
    }
    RaftLog log = mine.joined().getRaftLog();
    long saved = storage.index();
    if (saved > purged && log.isOpened()) {
      var _ = log.purge(saved);
      purged = saved;
    }
  }

  /// Once a second: what the leader of the group does by itself.
  void care() {
    Seat mine = seat;
    Membership membership = mine == null ? null : mine.membership();
    if (mine == null || membership == null || !mine.leads()) {
      return;
    }
    MetaTable known = agreed;
    MetaTable begin = first;
    if (known != null) {
      List<Member> now = membership.members();
      List<Member> next = wanted(now, known, Outlook.heardMillis(mine.joined()));
      if (!next.equals(now)) {
        tell(membership.change(now, next));
      }
    } else if (begin != null) {
      tell(propose(begin));
    }
  }

  private static void tell(CompletableFuture<Void> tried) {
    var _ =
        tried.exceptionally(failure -> {
          LOG.debug("The meta group is not changed yet: {}", Doorman.reason(failure));
          return null;
        });
  }

  /// One step towards the members that are wanted.
  private List<Member> wanted(List<Member> now, MetaTable known, Map<String, Long> heard) {
    List<Member> next = new ArrayList<>(now);
    next.removeIf(each -> !known.has(each.id()) && !isSelf(each));
    if (next.size() < now.size()) {
      return next;
    }
    long voters = now.stream().filter(Member::voting).count();
    int target = votersMax();
    Member changed = null;
    if (voters < target) {
      changed = promoted(now, known, heard);
    } else if (voters > target) {
      changed = demoted(now, heard);
    }
    if (changed == null) {
      return now;
    }
    String id = changed.id();
    next.replaceAll(each -> each.id().equals(id) ? Peers.voting(each, !each.voting()) : each);
    return next;
  }

  private @Nullable Member promoted(List<Member> now, MetaTable known, Map<String, Long> heard) {
    List<Founder> voters = new ArrayList<>();
    List<Founder> others = new ArrayList<>();
    for (Member each : now) {
      MetaTable.Placed placed = known.find(each.id());
      if (placed != null && each.voting()) {
        voters.add(new Founder(each, placed.shard(), true));
      } else if (placed != null && isHeard(each, heard)) {
        others.add(new Founder(each, placed.shard(), false));
      }
    }
    Founder next = Founding.nextMetaVoter(voters, others);
    return next == null ? null : next.member();
  }

  /// Rather one that is not there.
  private @Nullable Member demoted(List<Member> now, Map<String, Long> heard) {
    List<Member> others = now.stream().filter(each -> each.voting() && !isSelf(each)).toList();
    return others.stream()
        .filter(each -> !isHeard(each, heard))
        .findFirst()
        .orElse(others.isEmpty() ? null : others.getLast());
  }

  private boolean isHeard(Member member, Map<String, Long> heard) {
    Long millis = heard.get(member.id());
    return millis != null && millis < place.settings().timeoutMaxMillis();
  }

  private boolean isSelf(Member member) {
    return member.id().equals(place.identity().id());
  }

  // ---- what the state machine tells ----

  @Override
  public void agreed(MetaTable table) {
    agreed = table;
    told.accept(null);
  }

  @Override
  public void changed() {
    told.accept(null);
  }

  @Override
  public void failed(Throwable cause) {
    if (!closing) {
      told.accept(cause);
    }
  }

  @Override
  public void ended() {
    if (!ending) {
      failed(new ClusterException("this member has left the meta group"));
    }
  }

  @Override
  public void opened(Division division) {
    told.accept(null);
  }

  @Override
  public void ending(boolean on) {
    ending = on;
  }

  // ---- the end; any thread ----

  /// This member is about to close: what ends from now on does so on purpose.
  void closing() {
    closing = true;
  }

  /// Lets another lead the group, if this member does and another can.
  void handOver() {
    Seat mine = seat;
    if (mine != null) {
      mine.handOver(place.settings().timeoutMinMillis());
    }
  }
}
