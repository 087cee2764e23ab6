package io.karst.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer.Division;

/// Proves that nobody else leads: a majority has not heard of a later term.
///
/// A leader asks the others for their terms. If a majority, itself included, is in the leader's
/// term when it answers, no majority had elected another before: whoever did would be in a later
/// term, and any two majorities have a member in common. So what was committed when the question
/// was asked is in the store of the one who asked. This is the read index of the Raft thesis
/// (Ongaro, 2014, §6.4), with questions of its own instead of heartbeats.
///
/// Ratis has a read index, too, but answers at once, without asking anybody, if the same commit
/// index was confirmed for an earlier read (`ReadIndexHeartbeats`, 3.3.0): a leader that is cut off
/// would go on to answer reads of what others have changed since.
final class Quorum {
  static final long TIMEOUT_MILLIS = 1000;
  private static final long NONE = -1;

  private final Callers callers;
  private final RaftGroupId group;
  private final Division division;
  private final String self;

  Quorum(Callers callers, RaftGroupId group, Division division, String self) {
    this.callers = callers;
    this.group = group;
    this.division = division;
    this.self = self;
  }

  // ---- what others ask ----

  /// What a question of this group begins with.
  static byte[] question(RaftGroupId group) {
    UUID id = group.getUuid();
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  boolean concerns(byte[] question) {
    return Arrays.equals(question, question(group));
  }

  /// The answer to the question for the term: that, and whose it is.
  byte[] term() {
    byte[] id = self.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(Long.BYTES + id.length)
        .putLong(division.getInfo().getCurrentTerm())
        .put(id)
        .array();
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long number(byte[] answer) {
    return answer.length < Long.BYTES ? NONE : ByteBuffer.wrap(answer).getLong();
  }

  // ---- what a leader asks ----

  /// Whether a majority is still in a term; waits, with a limit.
  boolean isIn(long term) throws InterruptedException {
    RaftConfiguration configuration = division.getRaftConf();
    List<Set<String>> voters = new ArrayList<>();
    voters.add(ids(configuration.getCurrentPeers()));
    Set<String> previous = ids(configuration.getPreviousPeers());
    if (!previous.isEmpty()) {
      voters.add(previous);
    }
    Ballot ballot = new Ballot(voters, self);
    byte[] question = question(group);
    for (RaftPeer peer : configuration.getAllPeers()) {
      String id = peer.getId().toString();
      if (!id.equals(self)) {
        var _ =
            ask(peer.getAddress(), question)
                .whenComplete((answer, failure) ->
                    ballot.answer(id, failure == null && says(answer, term, id)));
      }
    }
    return ballot.await() && division.getInfo().getCurrentTerm() == term;
  }

  private CompletableFuture<byte[]> ask(String address, byte[] question) {
    return callers.call(address, MemberService.TERM, question, TIMEOUT_MILLIS);
  }

  private static boolean says(byte[] answer, long term, String id) {
    byte[] expected = id.getBytes(StandardCharsets.US_ASCII);
    return answer.length == Long.BYTES + expected.length
        && number(answer) == term
        && Arrays.equals(answer, Long.BYTES, answer.length, expected, 0, expected.length);
  }

  private static Set<String> ids(Collection<RaftPeer> peers) {
    Set<String> ids = new HashSet<>();
    peers.forEach(peer -> ids.add(peer.getId().toString()));
    return ids;
  }

  /// Who of some sets of voters has agreed: a majority of each is needed.
  private static final class Ballot {
    private final List<Set<String>> voters;
    private final Set<String> agreed = new HashSet<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean won;
    private int left;

    Ballot(List<Set<String>> voters, String self) {
      this.voters = voters;
      Set<String> all = new HashSet<>();
      voters.forEach(all::addAll);
      all.remove(self);
      left = all.size();
      agreed.add(self);
      count();
    }

    synchronized void answer(String id, boolean agrees) {
      left--;
      if (agrees) {
        agreed.add(id);
      }
      count();
    }

    private void count() {
      won |= voters.stream().allMatch(this::hasMajority);
      if (won || left == 0) {
        done.countDown();
      }
    }

    private boolean hasMajority(Set<String> set) {
      return 2 * set.stream().filter(agreed::contains).count() > set.size();
    }

    boolean await() throws InterruptedException {
      boolean _ = done.await(2 * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
      synchronized (this) {
        return won;
      }
    }
  }
}
