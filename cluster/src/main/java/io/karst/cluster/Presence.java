package io.karst.cluster;

import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/// What a member can say of itself at a moment.
///
/// - `division`: of its shard's group; null while it belongs to none.
/// - `hasRoom`: whether its disk has room for more history.
record Presence(
    Engagement.Place place, ClusterView view, @Nullable Division division, boolean hasRoom) {
  /// - `metaLeader`, `met`, `challenge`: see [Greeting].
  Greeting greeting(String metaLeader, List<String> met, String challenge) {
    Division own = division;
    String cluster = place.identity().clusterId();
    Member leader = view.leader();
    return new Greeting(
        view.self(),
        own == null || cluster == null ? "" : cluster,
        place.identity().shard(),
        view.term(),
        leader == null ? "" : leader.id(),
        metaLeader,
        place.identity().founders(),
        met,
        place.options().votersMax(),
        own == null ? -1 : committedConfiguration(own),
        own == null ? List.of() : members(own),
        hasRoom,
        challenge);
  }

  /// Those of the view, or, before it was looked at, of the group.
  private List<Member> members(Division own) {
    return view.clusterId().isEmpty() ? Peers.members(own.getRaftConf()) : view.shard().members();
  }

  /// The number of the configuration of a group, if a majority has it; else negative.
  static long committedConfiguration(Division division) {
    long index = division.getRaftConf().getLogEntryIndex();
    return index <= division.getRaftLog().getLastCommittedIndex() ? index : -1;
  }

  /// Whether a division is in the state that its configuration wants.
  ///
  /// Ratis leaves a member that has joined to follow only, and one that is made to vote or not to,
  /// in a state in which it neither votes nor takes over (3.3.0: who joins as a listener is never
  /// said to have caught up). Opened again, it does.
  static boolean isSettled(Division division) {
    RaftConfiguration configuration = division.getRaftConf();
    LifeCycle.State state = division.getInfo().getLifeCycleState();
    boolean changing =
        Presence.committedConfiguration(division) < 0
            || !configuration.getPreviousPeers(RaftPeerRole.FOLLOWER).isEmpty();
    RaftPeer voter = configuration.getPeer(division.getId(), RaftPeerRole.FOLLOWER);
    RaftPeer listener = configuration.getPeer(division.getId(), RaftPeerRole.LISTENER);
    if (changing || (voter == null && listener == null) || state.isClosingOrClosed()) {
      return true;
    }
    boolean listens = division.getInfo().getCurrentRole() == RaftPeerRole.LISTENER;
    return state == LifeCycle.State.RUNNING && listens == (voter == null);
  }
}
