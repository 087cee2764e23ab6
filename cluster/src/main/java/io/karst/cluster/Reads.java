package io.karst.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer.Division;
import org.jspecify.annotations.Nullable;

/// What makes a read linearizable: a leader proves that it still leads ([Quorum]); a follower asks
/// the leader, which proves it, up to which entry it must have come, and waits until it has.
///
/// Thread: that of [Confirmations]; [#read] is called by the network.
final class Reads implements Confirmations.Proof {
  private static final long NONE = -1;

  /// A follower's question that waits for the leader's proof.
  private record Question(long confirmation, long index, CompletableFuture<byte[]> answer) {}

  private final Shard shard;
  private final Confirmations confirmations;
  private final Callers callers;
  private volatile @Nullable Quorum quorum;
  private volatile @Nullable Division division;

  @GuardedBy("questions")
  private final List<Question> questions = new ArrayList<>();

  Reads(Shard shard, Confirmations confirmations, Callers callers) {
    this.shard = shard;
    this.confirmations = confirmations;
    this.callers = callers;
  }

  /// The member belongs to a group now.
  void belongs(Division own, RaftGroupId group, String self) {
    division = own;
    quorum = new Quorum(callers, group, own, self);
  }

  @Override
  public boolean prove() {
    Quorum known = quorum;
    Division own = division;
    if (known == null || own == null) {
      return false;
    }
    try {
      long term = shard.leadingTerm();
      return term >= 0 ? known.isIn(term) && shard.leads(term) : catchUp(own);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean catchUp(Division own) throws InterruptedException {
    RaftPeerId leader = own.getInfo().getLeaderId();
    RaftPeer peer = leader == null ? null : own.getRaftConf().getPeer(leader);
    if (peer == null || peer.getId().equals(own.getId())) {
      return false;
    }
    long index = ask(peer, own.getMemberId().getGroupId());
    if (index == NONE || !shard.awaitProcessed(index, Quorum.TIMEOUT_MILLIS)) {
      return false;
    }
    shard.caughtUp();
    return true;
  }

  private long ask(RaftPeer leader, RaftGroupId group) throws InterruptedException {
    try {
      byte[] answer =
          callers
              .call(
                  leader.getAddress(),
                  MemberService.READ,
                  Quorum.question(group),
                  Quorum.TIMEOUT_MILLIS)
              .get();
      return Quorum.number(answer);
    } catch (ExecutionException silent) {
      return NONE;
    }
  }

  // ---- what others ask ----

  /// Answers which term this member is in.
  CompletableFuture<byte[]> term(byte[] question) {
    Quorum known = quorum;
    return known != null && known.concerns(question)
        ? CompletableFuture.completedFuture(known.term())
        : CompletableFuture.failedFuture(new ClusterException("this is another group"));
  }

  /// Answers up to where who asks must have come.
  CompletableFuture<byte[]> read(byte[] question) {
    Quorum known = quorum;
    Division own = division;
    if (known == null || own == null || !known.concerns(question) || shard.leadingTerm() < 0) {
      return CompletableFuture.completedFuture(Quorum.number(NONE));
    }
    long index = own.getRaftLog().getLastCommittedIndex();
    Question waiting = new Question(confirmations.next(), index, new CompletableFuture<>());
    synchronized (questions) {
      questions.add(waiting);
    }
    confirmations.request(waiting.confirmation());
    confirmed();
    return waiting.answer();
  }

  /// A proof has succeeded, or none will.
  void confirmed() {
    List<Question> done = new ArrayList<>();
    long confirmed = confirmations.confirmed();
    boolean leads = shard.leadingTerm() >= 0;
    synchronized (questions) {
      for (Iterator<Question> each = questions.iterator(); each.hasNext(); ) {
        Question question = each.next();
        if (question.confirmation() <= confirmed || !leads) {
          done.add(question);
          each.remove();
        }
      }
    }
    done.forEach(
        question -> question.answer().complete(Quorum.number(leads ? question.index() : NONE)));
  }
}
