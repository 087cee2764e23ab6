package io.karst.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;
import org.apache.ratis.server.raftlog.RaftLogIOException;
import org.apache.ratis.util.AwaitForSignal;
import org.jspecify.annotations.Nullable;

/// Ratis's sender of entries to one member, without two of its habits (3.3.0):
///
/// - While the first answer of a member is outstanding, or of too many requests, it sends a
///   heartbeat whenever it is woken, which under load is a thousand times a second. A member that
///   comes back, or joins, is busy with them for half a minute. Here a heartbeat goes when it is
///   due, or asked for.
/// - A signal that comes while it is about to wait is lost, and with it up to half a second.
///
/// Thread: Ratis's, one for each member.
final class SteadyAppender extends GrpcLogAppender {
  private final AwaitForSignal signal;

  private SteadyAppender(RaftServer.Division server, LeaderState state, FollowerInfo follower) {
    super(server, state, follower);
    signal = new Signal(follower.getName());
  }

  @Override
  public AwaitForSignal getEventAwaitForSignal() {
    return signal;
  }

  @Override
  public @Nullable AppendEntriesRequestProto newAppendEntriesRequest(long callId, boolean heartbeat)
      throws RaftLogIOException {
    return heartbeat && getHeartbeatWaitTimeMs() > 0
        ? null
        : super.newAppendEntriesRequest(callId, heartbeat);
  }

  /// Is kept until somebody who waits has seen it.
  private static final class Signal extends AwaitForSignal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private boolean pending;

    private Signal(String name) {
      super(name);
    }

    @Override
    public void await() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (!pending) {
          given.await();
        }
        pending = false;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
      if (time <= 0) {
        return false;
      }
      lock.lockInterruptibly();
      try {
        boolean told = pending || (given.await(time, unit) && pending);
        pending = false;
        return told;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void signal() {
      lock.lock();
      try {
        pending = true;
        given.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Makes Ratis use it.
  public static final class Type implements RpcType {
    /// What Ratis finds it by.
    @Override
    public String name() {
      return Type.class.getName();
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
      return new GrpcFactory(parameters) {
        @Override
        public LogAppender newLogAppender(
            RaftServer.Division server, LeaderState state, FollowerInfo follower) {
          return new SteadyAppender(server, state, follower);
        }
      };
    }
  }
}
