package io.karst.cluster;

import java.util.concurrent.CompletableFuture;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.raftlog.RaftLogIOException;
import org.apache.ratis.util.AwaitForSignal;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/// Sends the Raft log to a follower as Ratis (3.3.0) does, but for this:
///
/// - When no entry follows for a moment it tells what is committed of what the follower has. Ratis
///   tells that with the next entry, or else with the next heartbeat, which would let the last
///   change be unseen on followers for half a second.
/// - A heartbeat goes when it is due, or asked for. While the first answer of a follower is
///   outstanding, Ratis sends one whenever it is woken, under load a thousand times a second: a
///   member that comes back, or joins, would have to answer them all before it gets an entry.
/// - A signal that comes when it is about to wait is not lost ([KeptSignal]), and with it up to
///   half a second.
///
/// Thread: one of Ratis's of its own.
final class PromptAppender extends GrpcLogAppender {
  /// After so long without an entry none is expected.
  private static final long QUIET_MILLIS = 3;

  private final Transport.Senders senders;
  private final AwaitForSignal signal;

  /// Up to where the follower was told, when it had all of that.
  private long told = -1;

  PromptAppender(
      Division division, LeaderState leader, FollowerInfo follower, Transport.Senders senders) {
    super(division, leader, follower);
    this.senders = senders;
    signal = new KeptSignal(follower.getName());
    senders.add(this);
  }

  @Override
  public AwaitForSignal getEventAwaitForSignal() {
    return signal;
  }

  /// What is committed of what the follower has. It commits no more than that when it is told.
  private long due() {
    return Math.min(
        getServer().getRaftLog().getLastCommittedIndex(), getFollower().getMatchIndex());
  }

  /// An entry would tell it, too.
  private boolean owes() {
    long due = due();
    return due > told && due > getFollower().getCommitIndex() && !hasAppendEntries();
  }

  @Override
  public long getHeartbeatWaitTimeMs() {
    long usual = super.getHeartbeatWaitTimeMs();
    if (!owes()) {
      return usual;
    }
    long quietMillis = getFollower().getLastRpcSendTime().elapsedTimeMs();
    return Math.min(usual, Math.max(0, QUIET_MILLIS - quietMillis));
  }

  @Override
  public @Nullable AppendEntriesRequestProto newAppendEntriesRequest(long callId, boolean heartbeat)
      throws RaftLogIOException {
    if (heartbeat && getHeartbeatWaitTimeMs() > 0) {
      return null;
    }
    long due = due();
    AppendEntriesRequestProto request = super.newAppendEntriesRequest(callId, heartbeat);
    if (request != null) {
      told = due;
    }
    return request;
  }

  @Override
  public CompletableFuture<LifeCycle.State> stopAsync() {
    senders.remove(this);
    return super.stopAsync();
  }
}
