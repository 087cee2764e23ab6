package io.karst.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;

/// Figures of a member, for people and monitoring. Thread-safe.
final class Figures {
  private final Shard shard;
  private final io.karst.cluster.RaftLog log;
  private final CommitTimes times;
  private final AtomicLong elections = new AtomicLong();

  Figures(Shard shard, io.karst.cluster.RaftLog log, CommitTimes times) {
    this.shard = shard;
    this.log = log;
    this.times = times;
  }

  /// This member has begun to lead.
  void elected() {
    elections.incrementAndGet();
  }

  /// - `division`: null if the member has none just now.
  ClusterStatus of(@Nullable Division division) {
    if (division == null) {
      return new ClusterStatus(
          0,
          0,
          shard.processedIndex(),
          0,
          0,
          log.tail(),
          log.durable(),
          0,
          0,
          elections.get(),
          shard.installs(),
          List.of());
    }
    boolean leads = shard.leadingTerm() >= 0;
    RaftLog entries = division.getRaftLog();
    long tail = log.tail();
    long committed = log.durable();
    return new ClusterStatus(
        division.getInfo().getCurrentTerm(),
        entries.getLastCommittedIndex(),
        shard.processedIndex(),
        entries.getNextIndex() - 1,
        RaftNode.size(division),
        tail,
        committed,
        leads ? Math.max(0, tail - committed) : 0,
        leads ? times.highMicros() : 0,
        elections.get(),
        shard.installs(),
        leads ? followers(division) : List.of());
  }

  /// Both lists of Ratis's are in the order of its senders.
  private static List<ClusterStatus.Follower> followers(Division division) {
    List<ServerRpcProto> heard =
        division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
    long[] matches = division.getInfo().getFollowerMatchIndices();
    if (matches == null || matches.length != heard.size()) {
      return List.of(); // The members are just changing, or the leader is.
    }
    List<ClusterStatus.Follower> followers = new ArrayList<>();
    for (int i = 0; i < matches.length; i++) {
      ServerRpcProto follower = heard.get(i);
      followers.add(
          new ClusterStatus.Follower(
              follower.getId().getId().toStringUtf8(),
              matches[i],
              follower.getLastRpcElapsedTimeMs()));
    }
    return followers;
  }
}
