package io.karst.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.impl.ClientProtoUtils;
import org.apache.ratis.proto.RaftProtos.FollowerInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that another member leads soon after the leader is gone.
///
/// Ratis waits for a time-out, which has to be longer than any pause of a leader that is well, and
/// looks so seldom that it takes up to twice as long. The end of a process is seen at once, though:
/// its connections end, and nobody listens at its address any more. So a voter whose stream of
/// entries ends, or has been silent for as long as the time-out says, calls the leader. If that
/// does not answer that it leads, it asks the other voters whether they have lost it, too. When a
/// majority has, the one of them with the longest log has itself elected: all come to the same one,
/// as nothing is appended any more, so that no two want to be. The question takes the place of the
/// first phase of Ratis's elections, in which it asks who would vote.
///
/// Whatever goes wrong here: Ratis's own time-outs are still there, and an election that nobody
/// needed costs a moment, no more.
///
/// Thread: one of its own, `karst-succession`; what others call says so.
final class Succession implements AutoCloseable, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
  private static final long LOOK_MILLIS = 100;

  /// Within that a leader that is well answers.
  private static final long CALL_MILLIS = 300;

  /// A voter who is asked has to call the leader first.
  private static final long ASK_MILLIS = 2 * CALL_MILLIS;

  private static final long NONE = -1;

  /// Where this member may have to succeed.
  private record Post(RaftServer server, Division division, String self) {
    private RaftGroupId group() {
      return division.getMemberId().getGroupId();
    }
  }

  /// A leader, and the term it leads in.
  private record Reign(RaftPeer leader, long term) {}

  private final Callers callers;
  private final long silentMillis;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread =
      Thread.ofPlatform().name("karst-succession").daemon().unstarted(this);
  private volatile @Nullable Post post;
  private volatile boolean suspected;
  private volatile boolean closed;

  /// - `silentMillis`: a leader that has said nothing for so long is called.
  Succession(Callers callers, long silentMillis) {
    this.callers = callers;
    this.silentMillis = silentMillis;
  }

  void start() {
    thread.start();
  }

  /// The member belongs to a group now. Any thread.
  void belongs(RaftServer server, Division division, String self) {
    post = new Post(server, division, self);
  }

  /// A stream of entries has ended. Any thread; returns at once.
  void streamEnded() {
    suspected = true;
    wake.release();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        boolean _ = wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        wake.drainPermits();
        Post own = post;
        if (own != null && !closed) {
          look(own);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Post own) throws InterruptedException {
    Reign reign = reign(own);
    if (reign == null) {
      suspected = false;
      return;
    }
    if (!suspected && heardMillis(own.division) < silentMillis) {
      return;
    }
    if (!lost(own, reign).join()) {
      suspected = false;
    } else if (isHeir(own, reign)) {
      succeed(own, reign);
    }
  }

  /// The reign that this member, as a voter, follows; null if it does not.
  private static @Nullable Reign reign(Post own) {
    DivisionInfo info = own.division.getInfo();
    RaftConfiguration configuration = own.division.getRaftConf();
    RaftPeerId leader = info.getLeaderId();
    long term = info.getCurrentTerm();
    boolean votes = configuration.getPeer(own.division.getId(), RaftPeerRole.FOLLOWER) != null;
    if (!votes
        || leader == null
        || leader.equals(own.division.getId())
        || info.getCurrentRole() != RaftPeerRole.FOLLOWER
        || info.getLifeCycleState() != LifeCycle.State.RUNNING) {
      return null;
    }
    RaftPeer peer = configuration.getPeer(leader);
    return peer == null ? null : new Reign(peer, term);
  }

  /// How long ago the leader has said something; 0 while it is listened to.
  private static long heardMillis(Division division) {
    FollowerInfoProto info = division.getInfo().getRoleInfoProto().getFollowerInfo();
    return info.getOutstandingOp() > 0 ? 0 : info.getLeaderInfo().getLastRpcElapsedTimeMs();
  }

  /// Calls the leader. Ends within [#CALL_MILLIS], or a little more.
  private CompletableFuture<Boolean> lost(Post own, Reign reign) {
    return callers
        .call(
            reign.leader.getAddress(),
            MemberService.LEADS,
            Quorum.question(own.group()),
            CALL_MILLIS)
        .handle((answer, failure) ->
            failure == null
                ? Quorum.number(answer) < reign.term
                : isRefused(failure) || heardMillis(own.division) >= silentMillis);
  }

  /// Whether a call has failed because there is nobody, not for want of time.
  private static boolean isRefused(Throwable failure) {
    return failure instanceof ClusterException
        || Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE;
  }

  /// Whether a majority has lost the leader, and this member is the one to succeed.
  private boolean isHeir(Post own, Reign reign) {
    RaftConfiguration configuration = own.division.getRaftConf();
    TermIndex last = last(own);
    if (last == null || !configuration.getPreviousPeers().isEmpty()) {
      return false;
    }
    Collection<RaftPeer> voters = configuration.getCurrentPeers();
    Verdict mine = Verdict.of(true, last, own.self);
    int agreeing = 1;
    for (Verdict verdict : ask(own, reign, voters)) {
      if (verdict.lost()) {
        agreeing++;
        if (verdict.isAhead(mine)) {
          return false;
        }
      }
    }
    return 2 * agreeing > voters.size();
  }

  private static @Nullable TermIndex last(Post own) {
    return own.division.getRaftLog().getLastEntryTermIndex();
  }

  private static byte[] question(Post own, Reign reign) {
    return Verdict.question(
        Quorum.question(own.group()), reign.term, reign.leader.getId().toString());
  }

  private List<Verdict> ask(Post own, Reign reign, Collection<RaftPeer> voters) {
    byte[] question = question(own, reign);
    List<CompletableFuture<Verdict>> asked = new ArrayList<>();
    for (RaftPeer voter : voters) {
      if (!voter.getId().equals(own.division.getId()) && !voter.equals(reign.leader)) {
        asked.add(
            callers
                .call(voter.getAddress(), MemberService.LOST, question, ASK_MILLIS)
                .handle(
                    (answer, failure) -> Verdict.decode(failure == null ? answer : new byte[0])));
      }
    }
    return asked.stream().map(CompletableFuture::join).toList();
  }

  /// As if the leader had asked for it, which is the one way to an election.
  private static void succeed(Post own, Reign reign) {
    TermIndex last = last(own);
    if (last == null) {
      return;
    }
    LOG.info("The leader is gone; this member wants to lead");
    RaftGroupMemberId leader = RaftGroupMemberId.valueOf(reign.leader.getId(), own.group());
    try {
      own.server.startLeaderElection(
          StartLeaderElectionRequestProto.newBuilder()
              .setServerRequest(
                  ClientProtoUtils.toRaftRpcRequestProtoBuilder(leader, own.division.getId()))
              .setLeaderLastEntry(last.toProto())
              .build());
    } catch (IOException | RuntimeException e) {
      LOG.debug("No election", e);
    }
  }

  // ---- what others ask ----

  /// Answers in which term this member leads; negative if it does not.
  CompletableFuture<byte[]> leads(byte[] question) {
    Post own = concerned(question);
    if (own == null) {
      return another();
    }
    DivisionInfo info = own.division.getInfo();
    return CompletableFuture.completedFuture(
        Quorum.number(info.isLeader() ? info.getCurrentTerm() : NONE));
  }

  /// Answers whether this member has lost a leader, too.
  CompletableFuture<byte[]> lost(byte[] question) {
    Post own = concerned(question);
    if (own == null) {
      return another();
    }
    Reign reign = reign(own);
    TermIndex last = last(own);
    if (reign == null || last == null || !Arrays.equals(question, question(own, reign))) {
      return CompletableFuture.completedFuture(new byte[0]);
    }
    return lost(own, reign).thenApply(lost -> Verdict.of(lost, last, own.self).encode());
  }

  private static CompletableFuture<byte[]> another() {
    return CompletableFuture.failedFuture(new ClusterException("this is another group"));
  }

  private @Nullable Post concerned(byte[] question) {
    Post own = post;
    byte[] group = own == null ? new byte[0] : Quorum.question(own.group());
    return own != null
            && question.length >= group.length
            && Arrays.equals(question, 0, group.length, group, 0, group.length)
        ? own
        : null;
  }

  // ---- the end ----

  @Override
  public void close() {
    closed = true;
    wake.release();
  }
}
