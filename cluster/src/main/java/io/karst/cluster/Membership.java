package io.karst.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServer.Division;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes who the members of a group are: what only its leader can do. One change at a time: Ratis
/// refuses another, and a change that is based on members who are no longer the same.
///
/// Thread-safe.
final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  /// Nothing can be written meanwhile.
  private static final long TRANSFER_TIMEOUT_MILLIS = 1400;

  private static final int TRANSFERS_MAX = 3;

  private final RaftServer server;
  private final Division division;
  private final RaftGroupId group;
  private final IntSupplier votersMax;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  /// - `votersMax`: how many are to vote; who joins beyond that only follows.
  Membership(RaftServer server, Division division, RaftGroupId group, IntSupplier votersMax) {
    this.server = server;
    this.division = division;
    this.group = group;
    this.votersMax = votersMax;
  }

  /// Does what a member has asked for.
  CompletableFuture<Void> obey(Order order) {
    if (!division.getInfo().isLeader()) {
      return refused("this member does not lead");
    }
    String id = order.member().id();
    return switch (order.kind()) {
      case JOIN -> join(order.member());
      case VOTING -> voting(id, order.voting());
      case REMOVE -> remove(id);
      case LEAD -> lead(id);
      case PLACE, DISMISS -> refused("that is for the meta group to do");
    };
  }

  static CompletableFuture<Void> refused(String reason) {
    return CompletableFuture.failedFuture(new ClusterException(reason));
  }

  /// By id.
  List<Member> members() {
    return Peers.members(division.getRaftConf());
  }

  /// Whoever has the same address is gone: its directory was emptied.
  CompletableFuture<Void> join(Member joining) {
    List<Member> members = members();
    if (members.stream().anyMatch(each -> each.id().equals(joining.id()))) {
      return CompletableFuture.completedFuture(null);
    }
    Predicate<Member> replaced = each -> Peers.sameAddress(each, joining);
    List<Member> next = new ArrayList<>(members);
    boolean tookOver = members.stream().anyMatch(replaced.and(Member::voting));
    next.removeIf(replaced);
    long voters = next.stream().filter(Member::voting).count();
    boolean votes = tookOver || voters < votersMax.getAsInt();
    next.add(Peers.voting(joining, votes));
    LOG.info("Member {} at {} joins", joining.id(), Peers.address(joining));
    return change(members, next);
  }

  private CompletableFuture<Void> voting(String id, boolean votes) {
    List<Member> members = members();
    if (members.stream().noneMatch(each -> each.id().equals(id))) {
      return refused("there is no member " + id);
    }
    if (!votes && isSelf(id)) {
      return refused("member " + id + " leads; let another lead first");
    }
    List<Member> next =
        members.stream()
            .map(each -> each.id().equals(id) ? Peers.voting(each, votes) : each)
            .toList();
    if (next.equals(members)) {
      return CompletableFuture.completedFuture(null);
    }
    if (next.stream().noneMatch(Member::voting)) {
      return refused("member " + id + " is the only one that votes");
    }
    return change(members, next);
  }

  private CompletableFuture<Void> remove(String id) {
    List<Member> members = members();
    List<Member> next = members.stream().filter(each -> !each.id().equals(id)).toList();
    if (next.size() == members.size()) {
      return refused("there is no member " + id);
    }
    if (next.stream().noneMatch(Member::voting)) {
      return refused("member " + id + " is the only one that votes");
    }
    if (isSelf(id)) {
      return refused("member " + id + " leads; let another lead first");
    }
    LOG.info("Member {} is removed", id);
    return change(members, next);
  }

  private CompletableFuture<Void> lead(String id) {
    Member chosen =
        members().stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
    if (chosen == null) {
      return refused("there is no member " + id);
    }
    if (!chosen.voting()) {
      return refused("member " + id + " only follows; let it vote first");
    }
    return transfer(id, TRANSFERS_MAX);
  }

  /// Tries some times: who has just been made to vote may not know yet.
  private CompletableFuture<Void> transfer(String id, int attempts) {
    return transfer(id)
        .exceptionallyCompose(failure ->
            attempts > 1 && division.getInfo().isLeader()
                ? transfer(id, attempts - 1)
                : CompletableFuture.failedFuture(failure));
  }

  private boolean isSelf(String id) {
    return division.getId().toString().equals(id);
  }

  /// Lets a member lead, if it can at once.
  CompletableFuture<Void> transfer(String id) {
    return reply(() ->
        server.transferLeadershipAsync(
            new TransferLeadershipRequest(
                client,
                division.getId(),
                group,
                calls.incrementAndGet(),
                RaftPeerId.valueOf(id),
                TRANSFER_TIMEOUT_MILLIS)));
  }

  /// Changes the members, if they still are those of `now`.
  CompletableFuture<Void> change(List<Member> now, List<Member> next) {
    SetConfigurationRequest.Arguments arguments =
        SetConfigurationRequest.Arguments.newBuilder()
            .setServersInCurrentConf(peers(now, true))
            .setListenersInCurrentConf(peers(now, false))
            .setServersInNewConf(peers(next, true))
            .setListenersInNewConf(peers(next, false))
            .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
            .build();
    return reply(() ->
        server.setConfigurationAsync(
            new SetConfigurationRequest(
                client, division.getId(), group, calls.incrementAndGet(), arguments)));
  }

  private static List<RaftPeer> peers(List<Member> members, boolean voting) {
    return members.stream().filter(each -> each.voting() == voting).map(Peers::of).toList();
  }

  /// What asks Ratis.
  private interface Call {
    CompletableFuture<RaftClientReply> make() throws IOException;
  }

  private static CompletableFuture<Void> reply(Call call) {
    try {
      return call.make().thenAccept(Membership::check);
    } catch (IOException | RuntimeException failure) {
      return CompletableFuture.failedFuture(new ClusterException(Doorman.reason(failure), failure));
    }
  }

  private static void check(RaftClientReply reply) {
    if (!reply.isSuccess()) {
      throw new ClusterException(Doorman.reason(reply.getException()), reply.getException());
    }
  }
}
