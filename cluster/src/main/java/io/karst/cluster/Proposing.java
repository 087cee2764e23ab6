package io.karst.cluster;

import io.karst.base.Clock;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/// Lets the leader of a shard propose, as long as it leads.
///
/// Thread: the shard's, but for [#takesPart], and what a [Proposer] calls.
final class Proposing implements Leading, Proposer.Group {
  private final RaftNode node;
  private final Outbox outbox;
  private final CommitTimes times;
  private final Clock clock;
  private volatile @Nullable Division division;
  private @Nullable Proposer proposer;

  Proposing(RaftNode node, Outbox outbox, CommitTimes times, Clock clock) {
    this.node = node;
    this.outbox = outbox;
    this.times = times;
    this.clock = clock;
  }

  /// This is the division of the shard's group, from now on.
  void takesPart(Division own) {
    division = own;
  }

  private Division joined() {
    return Objects.requireNonNull(division, "this member belongs to no shard");
  }

  @Override
  public boolean stillLeads(long term) {
    Division own = joined();
    return own.getInfo().isLeader() && own.getInfo().getCurrentTerm() == term;
  }

  @Override
  public void begin(long term) {
    Proposer next = new Proposer(term, outbox, this, times, clock);
    proposer = next;
    next.start();
  }

  @Override
  public CompletableFuture<RaftClientReply> submit(ByteString entry) throws IOException {
    return node.submit(joined(), entry);
  }

  @Override
  public void announce() {
    Division own = division;
    if (own != null) {
      node.announce(own.getMemberId().getGroupId());
    }
  }

  @Override
  public void end() {
    Proposer last = proposer;
    if (last != null) {
      last.stop();
      proposer = null;
    }
  }
}
