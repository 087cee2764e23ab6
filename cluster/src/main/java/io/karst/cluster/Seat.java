package io.karst.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member's place in one Raft group.
///
/// Thread: `karst-cluster` opens and settles it; anybody may ask.
final class Seat {
  private static final Logger LOG = LoggerFactory.getLogger(Seat.class);

  /// After so many looks at a division in the wrong state it is opened again.
  private static final int UNSETTLED_LOOKS_MAX = 4;

  private static final long TRANSFER_MILLIS = 1500;

  /// What the owner of a seat does when its division changes.
  interface Owner {
    /// The division is opened; also when it was before.
    void opened(Division division);

    /// The division is closed on purpose, or not any more.
    void ending(boolean on);
  }

  private final RaftNode node;
  private final RaftGroupId group;
  private final IntSupplier votersMax;
  private final Owner owner;
  private volatile @Nullable Division division;
  private volatile @Nullable Membership membership;
  private int unsettledLooks;

  /// - `votersMax`: how many of the group are to count for majorities.
  Seat(RaftNode node, RaftGroupId group, IntSupplier votersMax, Owner owner) {
    this.node = node;
    this.group = group;
    this.votersMax = votersMax;
    this.owner = owner;
  }

  /// Goes on in the group, or begins to take part in it.
  ///
  /// - `first`: the first members of the group, if this is one of them; else none. They count until
  ///   the log says something about members, which it may not have done before a restart.
  void open(List<Member> first) throws IOException {
    Division found = node.division(group);
    if (found == null) {
      take(node.open(group, first));
    } else if (Peers.members(found.getRaftConf()).isEmpty() && !first.isEmpty()) {
      reopen(first);
    } else {
      take(found);
    }
  }

  private void take(Division opened) {
    division = opened;
    membership = new Membership(node.server(), opened, group, votersMax);
    owner.opened(opened);
  }

  /// As a start of the process would.
  private void reopen(List<Member> first) throws IOException {
    owner.ending(true);
    try {
      division = null;
      node.close(group);
      take(node.open(group, first));
    } finally {
      owner.ending(false);
    }
  }

  /// Opens the division again if it has been in a state for some time that it does not leave by
  /// itself; whether it has.
  boolean settle() throws IOException {
    if (Presence.isSettled(joined())) {
      unsettledLooks = 0;
      return false;
    }
    unsettledLooks++;
    if (unsettledLooks < UNSETTLED_LOOKS_MAX) {
      return false;
    }
    unsettledLooks = 0;
    reopen(List.of());
    return true;
  }

  // ---- any thread ----

  RaftGroupId group() {
    return group;
  }

  /// Null before it is opened, and while it is opened again.
  @Nullable Division division() {
    return division;
  }

  Division joined() {
    return Objects.requireNonNull(division, "this member has no place in the group");
  }

  /// Null before it is opened.
  @Nullable Membership membership() {
    return membership;
  }

  boolean leads() {
    Division own = division;
    return own != null && own.getInfo().isLeaderReady();
  }

  /// Appends an entry to the log of the group, as its leader; the future ends when it is applied.
  /// The others apply it at once, too.
  CompletableFuture<RaftClientReply> submit(ByteString entry) throws IOException {
    return node.submit(joined(), entry).whenComplete((reply, failure) -> node.announce(group));
  }

  /// Where the leader is reached; null if nobody is known to lead.
  @Nullable String leaderAddress() {
    Division own = division;
    RaftPeerId leader = own == null ? null : own.getInfo().getLeaderId();
    RaftPeer peer = own == null || leader == null ? null : own.getRaftConf().getPeer(leader);
    return peer == null ? null : peer.getAddress();
  }

  /// Lets another lead, if this member does and another can; waits, with a limit.
  ///
  /// - `silentMillis`: who has not been heard of for longer is not asked.
  void handOver(long silentMillis) {
    handOver(silentMillis, id -> true);
  }

  /// As [#handOver(long)], to one of some members.
  void handOver(long silentMillis, Predicate<String> chosen) {
    Division own = division;
    Membership known = membership;
    if (own == null || known == null || !own.getInfo().isLeader()) {
      return;
    }
    for (String other : candidates(own, silentMillis)) {
      if (!chosen.test(other)) {
        continue;
      }
      try {
        known.transfer(other).get(TRANSFER_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException | TimeoutException e) {
        LOG.info("Member {} does not take over: {}", other, Doorman.reason(e));
      }
    }
  }

  /// Who votes and has just been heard of.
  private static List<String> candidates(Division own, long silentMillis) {
    Map<String, Long> heard = Outlook.heardMillis(own);
    List<String> candidates = new ArrayList<>();
    for (Member member : Peers.members(own.getRaftConf())) {
      Long millis = heard.get(member.id());
      if (member.voting() && millis != null && millis < silentMillis) {
        candidates.add(member.id());
      }
    }
    return candidates;
  }
}
